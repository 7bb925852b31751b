package io.stompbox.bench.codec.subject;

import io.stompbox.bench.codec.Pieces;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** A channel that hands out one piece at a time, as a socket does. */
final class PieceChannel implements ReadableByteChannel {
  private final Pieces pieces;
  private int next;
  private int at;

  PieceChannel(Pieces pieces) {
    this.pieces = pieces;
  }

  void rewind() {
    next = 0;
    at = 0;
  }

  boolean isAtEnd() {
    return next == pieces.count();
  }

  @Override
  public int read(ByteBuffer target) {
    if (isAtEnd()) {
      return 0;
    }
    int count = Math.min(target.remaining(), pieces.to(next) - at);
    target.put(pieces.octets(), at, count);
    at += count;
    if (at == pieces.to(next)) {
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
