package io.stompbox.bench.endtoend.peer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A plain socket. */
final class TcpWire implements Wire {
  private static final int BUFFER = 256 * 1024;

  private final SocketChannel channel;
  private final ByteBuffer input = ByteBuffer.allocateDirect(BUFFER);

  TcpWire(SocketChannel channel) {
    this.channel = channel;
  }

  @Override
  public int read(byte[] to, int from, int most) throws IOException {
    int count = channel.read(input.clear().limit(Math.min(BUFFER, most)));
    if (count > 0) {
      input.flip().get(to, from, count);
    }
    return count;
  }

  @Override
  public void write(ByteBuffer frames) throws IOException {
    while (frames.hasRemaining()) {
      channel.write(frames);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
