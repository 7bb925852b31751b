package io.stompbox.cli.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A port that answers whatever comes first with the same octets. */
final class OtherPort implements AutoCloseable {
  /** In place of the port. */
  private static final String PORT = "PORT";

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
