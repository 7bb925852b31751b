package io.stompbox.cli.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.Cli;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of ports that speak something else than the scheme of their URI says. */
class OtherProtocolTest {
  /** In place of the port. */
  private static final String PORT = "PORT";

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
        "stomp://H:PORT    | SSH-2.0-x~~^      | is it a STOMP port?"
      })
  void whatWouldBeRightIsNamed(String uri, String answer, String advice) throws Exception {
    try (OtherPort port = OtherPort.answering(answer)) {
      Cli.Result result = Cli.run("ping", "--timeout", "700ms", "-s", port.named(uri));

      assertThat(result.err()).contains(port.named(advice));
      assertThat(result.err().lines()).hasSizeLessThanOrEqualTo(4);
    }
  }

  /** The address of the first one is the beginning of the second one's. */
  @Test
  void brokerThatWasTriedLastIsMeant() throws Exception {
    try (OtherPort port = OtherPort.answering("hang up")) {
      String brokers = "failover:(ws://H:PORT,ws://H:PORT/a)?randomize=false";

      assertThat(Cli.run("ping", "-s", port.named(brokers)).err())
          .contains(port.named("or wss://H:PORT/a"));
    }
  }

  @Test
  void addressWithColonsStandsInBrackets() {
    assertThat(Cli.run("ping", "-s", "stomp://[::1]:1").err()).contains("stomp://[::1]:1:");
  }

  /** A port that answers whatever comes first with the same octets. */
  private static final class OtherPort implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final String answer;

    private OtherPort(String answer) throws IOException {
      this.answer = answer;
    }

    /** {@code ~} ends a line, {@code ^} is NUL, and there are silence and hanging up. */
    static OtherPort answering(String answer) throws IOException {
      OtherPort port = new OtherPort(answer.replace("~", "\r\n").replace('^', '\0'));
      Thread thread = new Thread(port::serve, "other port");
      thread.setDaemon(true);
      thread.start();
      return port;
    }

    String named(String text) {
      return text.replace("H:", "127.0.0.1:").replace(PORT, String.valueOf(server.getLocalPort()));
    }

    private void serve() {
      while (!server.isClosed()) {
        try (Socket socket = server.accept()) {
          if (socket.getInputStream().read(new byte[8192]) < 0 || answer.equals("hang up")) {
            continue;
          }
          if (!answer.equals("silence")) {
            socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
          }
          socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException ignored) {
          // Closed by either side, which is how it ends.
        }
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
