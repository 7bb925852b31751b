package io.stompbox.bench.endtoend.peer;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;

/** A socket with TLS. */
final class TlsWire implements Wire {
  private static final int BUFFER = 64 * 1024;

  private final Socket socket;
  private final byte[] output = new byte[BUFFER];

  TlsWire(Socket socket) {
    this.socket = socket;
  }

  @Override
  public int read(byte[] to, int from, int most) throws IOException {
    return socket.getInputStream().read(to, from, most);
  }

  @Override
  public void write(ByteBuffer frames) throws IOException {
    while (frames.hasRemaining()) {
      int count = Math.min(frames.remaining(), BUFFER);
      frames.get(output, 0, count);
      socket.getOutputStream().write(output, 0, count);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
