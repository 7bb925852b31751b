package io.stompbox.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.testkit.ScriptedBroker;
import io.stompbox.testkit.WebSocketPeer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of ports that speak something else than the scheme of their URI says. */
class OtherProtocolTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ws://H:PORT/a     | ERROR~~^          | does not speak WebSocket: try stomp://H:PORT",
        "ws://H:PORT/a     | hang up           | if it wants TLS, try stomp+ssl://H:PORT or wss://H:PORT/a",
        "ws://H:PORT       | silence           | does not speak WebSocket: try stomp://H:PORT",
        "ws://H:PORT       | HTTP/1.1 404 No~~ | RabbitMQ has ws://HOST:15674/ws",
        "wss://H:PORT      | ERROR~~^          | the port does not speak TLS: try ws://H:PORT",
        "stomp+ssl://H:PORT| ERROR~~^          | the port does not speak TLS: try stomp://H:PORT",
        "stomp+ssl://H:PORT| silence           | begins no TLS: try stomp://H:PORT",
        "stomp://H:PORT    | HTTP/1.1 400 No~~^| for STOMP over WebSocket try ws://H:PORT",
        "stomp://H:PORT    | '\u0015\u0003\u0003^\u0002\u0002(' | the port speaks TLS: try stomp+ssl://H:PORT",
        "stomp://H:PORT    | '^^\u0001Q\u0001ActiveMQ^^^' | it is ActiveMQ's port for OpenWire",
        "stomp://H:PORT    | SSH-2.0-x~~^      | is it a STOMP port?",
        "stomp://H:PORT    | SSH-2.0-x~        | begins with 'SSH-2.0-x'",
        "stomp://H:PORT    | HTTP/1.1~         | for STOMP over WebSocket try ws://H:PORT"
      })
  void whatWouldBeRightIsNamed(String uri, String answer, String advice) throws Exception {
    try (OtherPort port = OtherPort.answering(answer)) {
      Cli.Result result = Cli.run("ping", "--timeout", "700ms", "-s", port.named(uri));

      assertThat(result.err()).contains(port.named(advice));
      assertThat(result.err().lines()).hasSizeLessThanOrEqualTo(4);
    }
  }

  /** People put tokens into the query of a WebSocket. */
  @ParameterizedTest
  @ValueSource(strings = {"hang up", "silence"})
  void addressThatMayBeRightDoesNotShowItsToken(String answer) throws Exception {
    try (OtherPort port = OtherPort.answering(answer)) {
      String uri = port.named("failover:(ws://H:PORT/a?token=s3cret)");

      assertThat(Cli.run("ping", "--timeout", "700ms", "-s", uri).err())
          .contains(port.named("or wss://H:PORT/a?***"))
          .doesNotContain("s3cret");
    }
  }

  /** Whoever takes a connection and says nothing has let time run out. */
  @ParameterizedTest
  @ValueSource(
      strings = {"stomp://H:PORT", "stomp+ssl://H:PORT", "stomp+ws://H:PORT", "wss://H:PORT"})
  void silenceIsATimeOutInEachScheme(String uri) throws Exception {
    try (OtherPort port = OtherPort.answering("silence")) {
      for (String command : List.of("ping", "peek /queue/a", "send /queue/a x")) {
        Stream<String> options = Stream.of("--timeout", "300ms", "-s", port.named(uri));
        String[] words =
            Stream.concat(Stream.of(command.split(" ")), options).toArray(String[]::new);

        assertThat(Cli.run(words).assertThatItEndsWith(ExitCode.TIMED_OUT).err())
            .contains("--timeout sets how long to wait");
      }
    }
  }

  @Test
  void silenceBehindTheUpgradeIsATimeOutToo() {
    try (ScriptedBroker broker = ScriptedBroker.start()) {
      broker.onConnection(
          peer -> WebSocketPeer.of(peer).accept("v12.stomp").stomp().expect("CONNECT"));
      String uri = "stomp+ws://127.0.0.1:" + broker.port();

      assertThat(
              Cli.run("ping", "--timeout", "300ms", "-s", uri)
                  .assertThatItEndsWith(ExitCode.TIMED_OUT)
                  .err())
          .contains("is there STOMP behind the path of this WebSocket?")
          .doesNotContain("stomp+ssl://");
    }
  }

  @Test
  void addressWithColonsStandsInBrackets() {
    assertThat(Cli.run("ping", "-s", "stomp://[::1]:1").err()).contains("stomp://[::1]:1:");
  }
}
