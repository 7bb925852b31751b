package io.stompbox.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.client.ConnectionLostException;
import io.stompbox.client.ConnectionLostException.Sent;
import io.stompbox.protocol.failover.FailoverUri;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where to look for a broker, which depends on the scheme of its address. */
class PlaceAdviceTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stomp     | 61614 is often TLS: try stomp+ssl://          | 15674",
        "stomp+ssl | STOMP over TLS is often at 61614              | try stomp+ssl",
        "ws        | RabbitMQ uses 15674, ActiveMQ Classic 61614   | stomp+ssl",
        "wss       | brokers agree on no port for it with TLS      | 61614"
      })
  void whereNobodyListensThePortsOfTheSchemeAreNamed(
      String scheme, String advice, String misplaced) {
    Cli.Result result =
        Cli.run("ping", "-s", scheme + "://127.0.0.1:1")
            .assertThatItEndsWith(ExitCode.CANNOT_CONNECT);

    assertThat(result.err())
        .contains("is a broker running there", advice)
        .doesNotContain(misplaced)
        .satisfies(text -> assertThat(text.lines()).hasSize(3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stomp     | is it a STOMP port? ActiveMQ and RabbitMQ use 61613; for TLS try stomp+ssl://",
        "stomp+ssl | the broker may want a certificate: --tls-cert FILE and --tls-key FILE"
            + "; is it a STOMP port? STOMP over TLS is often at 61614",
        "ws        | is it STOMP that the path of the URI leads to?",
        "stomp+unix| does the socket belong to a STOMP broker?"
      })
  void whoHangsUpMayBeNoStompBroker(String scheme, String advice) {
    ConnectionLostException lost =
        new ConnectionLostException("it hung up before CONNECTED", Sent.UNKNOWN);
    String uri = scheme + (scheme.endsWith("unix") ? ":///run/stomp" : "://a:1");

    assertThat(ConnectFailures.of(lost, FailoverUri.parse(uri), Set.of()).advice())
        .containsExactly(advice.split("; (?=is it)"));
  }

  @Test
  void whoHasShownACertificateIsNotAskedForOne() {
    ConnectionLostException lost =
        new ConnectionLostException("it hung up before CONNECTED", Sent.UNKNOWN);
    FailoverUri broker = FailoverUri.parse("stomp+ssl://a:1");

    assertThat(ConnectFailures.of(lost, broker, Set.of("tls.certificate")).advice())
        .containsExactly(
            "the broker may not take the certificate that it is shown (tls.certificate)",
            "is it a STOMP port? STOMP over TLS is often at 61614");
  }

  @Test
  void missingSocketIsAQuestionOfItsPath(@TempDir Path folder) {
    assertThat(adviceFor(folder.resolve("missing")))
        .isEqualTo("  there is no such file: is the path right, and is the broker running?");
  }

  @Test
  void whatIsNoSocketIsAQuestionOfItsPathToo(@TempDir Path folder) throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    assertThat(adviceFor(folder))
        .isEqualTo("  there is a folder and no socket: is the path right?");
    assertThat(adviceFor(file)).isEqualTo("  there is a file and no socket: is the path right?");
  }

  @Test
  void socketThatABrokerHasLeftIsAQuestionOfItsBroker(@TempDir Path folder) throws Exception {
    Path socket = folder.resolve("left");
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket)).close();

    assertThat(adviceFor(socket))
        .isEqualTo("  the file is there, but nobody listens: is its broker running?");
  }

  private static String adviceFor(Path socket) {
    String err =
        Cli.run("ping", "-s", "stomp+unix://" + socket)
            .assertThatItEndsWith(ExitCode.CANNOT_CONNECT)
            .err();
    assertThat(err.lines()).hasSize(2);
    return err.lines().skip(1).findFirst().orElseThrow();
  }

  /** Who runs the tests may have all rights. */
  @Test
  void socketOfSomebodyElseIsAQuestionOfRights() {
    ConnectionLostException denied =
        new ConnectionLostException("cannot connect: Permission denied", Sent.NOT_SENT);

    assertThat(
            ConnectFailures.of(denied, FailoverUri.parse("stomp+unix:///run/stomp"), Set.of())
                .advice())
        .containsExactly(
            "connecting takes the right to write to it: ls -l /run/stomp shows whose it is");
  }
}
