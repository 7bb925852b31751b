package io.stompbox.bench.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An input and where it is cut. A piece is a part of the one array, as what a read adds to a
 * program's buffer is, so that small pieces are not many objects all over the memory. Nobody
 * changes the array.
 */
public final class Pieces {
  private final byte[] octets;
  private final int size;

  /** Not computed for each piece: a division takes as long as decoding some octets. */
  private final int count;

  /** Cuts into pieces of so many octets; the last may have fewer. */
  Pieces(byte[] octets, int size) {
    this.octets = octets;
    this.size = size;
    this.count = (octets.length + size - 1) / size;
  }

  /** All of the input. */
  public byte[] octets() {
    return octets;
  }

  /** The number of pieces. */
  public int count() {
    return count;
  }

  /** The index of the first octet of a piece. */
  public int from(int piece) {
    return piece * size;
  }

  /** The index behind the last octet of a piece. */
  public int to(int piece) {
    return Math.min((piece + 1) * size, octets.length);
  }

  /** Returns a piece as a buffer that works on the one array. */
  public ByteBuffer buffer(int piece) {
    return ByteBuffer.wrap(octets, from(piece), to(piece) - from(piece));
  }

  /** Returns each piece in an array of its own, for libraries that take nothing else. */
  public List<byte[]> arrays() {
    return IntStream.range(0, count())
        .mapToObj(piece -> Arrays.copyOfRange(octets, from(piece), to(piece)))
        .toList();
  }
}
