package io.stompbox.bench.codec.subject;

import java.io.InputStream;
import java.util.List;

/** A stream that hands out one piece at a time, as a socket does. */
final class PieceStream extends InputStream {
  private static final byte[] NONE = {};

  private final List<byte[]> pieces;

  /** The index of the piece after {@link #piece}. */
  private int next;

  private byte[] piece = NONE;
  private int at;

  PieceStream(List<byte[]> pieces) {
    this.pieces = pieces;
  }

  void rewind() {
    next = 0;
    piece = NONE;
    at = 0;
  }

  @Override
  public int available() {
    return hasMore() ? piece.length - at : 0;
  }

  @Override
  public int read() {
    return hasMore() ? piece[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (!hasMore()) {
      return -1;
    }
    int count = Math.min(length, piece.length - at);
    System.arraycopy(piece, at, target, offset, count);
    at += count;
    return count;
  }

  private boolean hasMore() {
    if (at == piece.length && next < pieces.size()) {
      piece = pieces.get(next++);
      at = 0;
    }
    return at < piece.length;
  }
}
