package io.stompbox.bench.pool;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** Accepts whoever connects and reads as fast as it can; answers CONNECT and nothing else. */
final class DiscardingBroker implements AutoCloseable {
  private static final byte[] CONNECTED =
      "CONNECTED\nversion:1.2\n\n\0".getBytes(StandardCharsets.UTF_8);

  private final ServerSocket socket;

  private DiscardingBroker(ServerSocket socket) {
    this.socket = socket;
  }

  static DiscardingBroker start() throws IOException {
    DiscardingBroker broker =
        new DiscardingBroker(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    daemon(broker::accept);
    return broker;
  }

  String uri() {
    return "stomp://127.0.0.1:" + socket.getLocalPort();
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "broker");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket accepted = socket.accept();
        daemon(() -> discard(accepted));
      } catch (SocketException closed) {
        return;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void discard(Socket accepted) {
    try (accepted) {
      InputStream input = accepted.getInputStream();
      byte[] buffer = new byte[1 << 16];
      int read = input.read(buffer);
      accepted.getOutputStream().write(CONNECTED);
      while (read >= 0) {
        read = input.read(buffer);
      }
    } catch (IOException ignored) {
      // The client has left without a farewell.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
