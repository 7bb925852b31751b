package io.stompbox.checks.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stompbox.checks.invariants.FrameTap;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Version;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * A socket that speaks STOMP 1.2 as it is told, right or wrong, to see what a broker makes of it.
 */
final class RawClient implements AutoCloseable {
  private static final int LIMIT_MILLIS = 20_000;

  private final Socket socket;
  private final Queue<Frame> frames = new ArrayDeque<>();
  private final FrameTap tap = new FrameTap(Version.V1_2, frames::add);

  private RawClient(Socket socket) {
    this.socket = socket;
  }

  /** Connects, and waits for CONNECTED. */
  static RawClient connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(LIMIT_MILLIS);
    RawClient client = new RawClient(socket);
    client.write("CONNECT\naccept-version:1.2\nhost:/\n\n^@");
    Frame connected = client.read().orElseThrow();
    if (!connected.command().equals(Command.CONNECTED)) {
      throw new IOException("no CONNECTED but " + connected);
    }
    return client;
  }

  /** Writes text in which {@code ^@} stands for NUL. */
  void write(String text) throws IOException {
    socket.getOutputStream().write(text.replace("^@", "\0").getBytes(UTF_8));
  }

  /** Waits for the next frame; empty if the broker closes the connection. */
  Optional<Frame> read() throws IOException {
    byte[] octets = new byte[8192];
    while (frames.isEmpty()) {
      int count = socket.getInputStream().read(octets);
      if (count < 0) {
        return Optional.empty();
      }
      tap.take(octets, 0, count);
    }
    return Optional.of(frames.remove());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
