package io.stompbox.bench.codec.subject;

import io.stompbox.bench.codec.Pieces;
import java.io.InputStream;

/** A stream that hands out one piece at a time, as a socket does. */
final class PieceStream extends InputStream {
  private final Pieces pieces;

  /** The next piece. */
  private int next;

  /** The index of the next octet of the piece before, and where that piece ends. */
  private int at;

  private int end;

  PieceStream(Pieces pieces) {
    this.pieces = pieces;
  }

  void rewind() {
    next = 0;
    at = 0;
    end = 0;
  }

  @Override
  public int available() {
    return hasMore() ? end - at : 0;
  }

  @Override
  public int read() {
    return hasMore() ? pieces.octets()[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (!hasMore()) {
      return -1;
    }
    int count = Math.min(length, end - at);
    System.arraycopy(pieces.octets(), at, target, offset, count);
    at += count;
    return count;
  }

  private boolean hasMore() {
    if (at == end && next < pieces.count()) {
      end = pieces.to(next++);
    }
    return at < end;
  }
}
