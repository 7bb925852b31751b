package io.stompbox.bench.codec.subject;

import io.stompbox.bench.codec.EncodedSink;
import java.nio.ByteBuffer;

/** A buffer that is filled again and again, as the one in front of a socket is. */
final class FilledBuffer {
  private static final int FULL = 48 * 1024;

  private final ByteBuffer buffer = ByteBuffer.allocate(256 * 1024);

  /** Returns the buffer, with room for another frame. */
  ByteBuffer next() {
    if (buffer.position() > FULL) {
      buffer.clear();
    }
    return buffer.mark();
  }

  /** Gives away what was written since {@link #next}. */
  void give(EncodedSink sink) {
    sink.encoded(buffer, FilledBuffer::sinceMark);
  }

  private static byte[] sinceMark(ByteBuffer filled) {
    ByteBuffer frame = filled.duplicate();
    frame.limit(filled.position()).reset();
    byte[] octets = new byte[frame.remaining()];
    frame.get(octets);
    return octets;
  }
}
