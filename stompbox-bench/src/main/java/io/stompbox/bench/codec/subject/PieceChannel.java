package io.stompbox.bench.codec.subject;

import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.List;

/** A channel that hands out one piece at a time, as a socket does. */
final class PieceChannel implements ReadableByteChannel {
  private final List<byte[]> pieces;
  private int next;
  private int at;

  PieceChannel(List<byte[]> pieces) {
    this.pieces = pieces;
  }

  void rewind() {
    next = 0;
    at = 0;
  }

  boolean isAtEnd() {
    return next == pieces.size();
  }

  @Override
  public int read(ByteBuffer target) {
    if (isAtEnd()) {
      return 0;
    }
    byte[] piece = pieces.get(next);
    int count = Math.min(target.remaining(), piece.length - at);
    target.put(piece, at, count);
    at += count;
    if (at == piece.length) {
      at = 0;
      next++;
    }
    return count;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {
    // There is nothing to give back.
  }
}
