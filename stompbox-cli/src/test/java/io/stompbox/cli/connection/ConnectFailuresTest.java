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
