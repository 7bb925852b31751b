package io.stompbox.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.client.ConnectionLostException;
import io.stompbox.client.ConnectionLostException.Sent;
import io.stompbox.protocol.failover.FailoverUri;
import java.net.SocketTimeoutException;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectFailuresTest {
  /** Where somebody named a broker, it is that which is meant. */
  @ParameterizedTest
  @CsvSource({"stomp://127.0.0.1:61613, true", "stomp://broker.example:61613, false"})
  void brokerCanBeStartedWhereNoneWasNamed(String uri, boolean isSaid) {
    ConnectionLostException refused =
        new ConnectionLostException("cannot connect: Connection refused", Sent.NOT_SENT);

    assertThat(ConnectFailures.of(refused, FailoverUri.parse(uri), Set.of()).advice())
        .anyMatch(line -> line.contains("--server") || line.contains("61613"))
        .satisfies(
            lines -> assertThat(lines.toString().contains("`stompbox broker`")).isEqualTo(isSaid));
  }

  /** The variable names the broker only, where the argument names the virtual host. */
  @ParameterizedTest
  @CsvSource({"ping, true", "ping --vhost nope, false"})
  void virtualHostIsOfTheVariableUnlessItWasTyped(String command, boolean isOfVariable)
      throws Exception {
    try (OtherPort port = OtherPort.answering("ERROR~message:no virtual host nope~~^")) {
      Cli.Result result =
          new Cli()
              .variable("STOMPBOX_URI", port.named("stomp://H:PORT"))
              .call(command.split(" "))
              .assertThatItEndsWith(ExitCode.REFUSED);

      assertThat(result.err().contains("the virtual host comes from STOMPBOX_URI"))
          .isEqualTo(isOfVariable);
    }
  }

  /** JSSE, OpenSSL and Erlang have different words for a certificate that they don't take. */
  @ParameterizedTest
  @CsvSource({
    "certificate_required, '', wants a certificate: --tls-cert FILE",
    "bad_certificate, '', wants a certificate: --tls-cert FILE",
    "bad_certificate, tls.certificate, does not take the certificate that it is shown",
    "certificate_unknown, tls.certificate, does not take the certificate that it is shown",
    "unknown_ca, tls.certificate, does not take the certificate that it is shown",
    "certificate_expired, tls.certificate, does not take the certificate that it is shown",
    "protocol_version, tls.certificate, speaks TLS and has ended it: its log may say why"
  })
  void alertOfABrokerSaysWhetherACertificateIsTheReason(
      String alert, String setting, String advice) {
    SSLException reason = new SSLException("Received fatal alert: " + alert);
    for (Sent sent : Sent.values()) {
      ConnectionLostException lost = new ConnectionLostException("it failed", sent, reason);

      assertThat(
              ConnectFailures.of(lost, FailoverUri.parse("stomp+ssl://a"), Set.of(setting))
                  .advice())
          .singleElement()
          .asString()
          .startsWith("the broker " + advice);
    }
  }

  /** What a proxy does is no sign of the broker. */
  @Test
  void proxyThatHangsUpIsNoStranger() throws Exception {
    try (OtherPort proxy = OtherPort.answering("hang up")) {
      Cli.Result result =
          Cli.run("ping", "-s", "stomp://a", "--set", proxy.named("proxy=http://127.0.0.1:PORT"))
              .assertThatItEndsWith(ExitCode.CANNOT_CONNECT);

      assertThat(result.err())
          .contains("hung up in the middle of its answer")
          .endsWith("\n  the way leads through a proxy: check --set proxy=URI\n");
    }
  }

  /** To Java a time-out of a socket is an interruption. */
  @Test
  void timeThatRunsOutIsNoInterruption() {
    ConnectionLostException late =
        new ConnectionLostException(
            "cannot connect", Sent.NOT_SENT, new SocketTimeoutException("Connect timed out"));

    Failure failure = ConnectFailures.of(late, FailoverUri.parse("stomp://a"), Set.of());

    assertThat(failure.code()).isEqualTo(ExitCode.CANNOT_CONNECT);
    assertThat(failure.advice()).anyMatch(line -> line.contains("--timeout"));
  }
}
