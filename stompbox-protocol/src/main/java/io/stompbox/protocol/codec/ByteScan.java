package io.stompbox.protocol.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Searches ranges of octets, eight at a time. */
final class ByteScan {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH = 0x8080808080808080L;
  private static final long BACKSLASH = repeated((byte) '\\');

  /** Above LF and CR, and below all that is common in headers. */
  private static final long CONTROL = repeated((byte) 0x10);

  private ByteScan() {}

  /** Returns the index of the first {@code octet} in [from, to), or -1. */
  static int indexOf(byte[] bytes, int from, int to, byte octet) {
    long pattern = repeated(octet);
    int i = from;
    for (int end = to - Long.BYTES; i <= end; i += Long.BYTES) {
      long hits = zeros((long) LONG.get(bytes, i) ^ pattern);
      if (hits != 0) {
        return i + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
    }
    for (; i < to; i++) {
      if (bytes[i] == octet) {
        return i;
      }
    }
    return -1;
  }

  /** Returns the index of the first octet in [from, to) that is one of the two, or -1. */
  static int indexOfEither(byte[] bytes, int from, int to, byte one, byte other) {
    long first = repeated(one);
    long second = repeated(other);
    int i = from;
    for (int end = to - Long.BYTES; i <= end; i += Long.BYTES) {
      long octets = (long) LONG.get(bytes, i);
      long hits = zeros(octets ^ first) | zeros(octets ^ second);
      if (hits != 0) {
        return i + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
    }
    for (; i < to; i++) {
      if (bytes[i] == one || bytes[i] == other) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Returns the index of the first octet in [from, to) that is a backslash or below 0x10, as LF and
   * CR are, or -1. One comparison finds both line ends.
   */
  static int indexOfControlOrBackslash(byte[] bytes, int from, int to) {
    int i = from;
    for (int end = to - Long.BYTES; i <= end; i += Long.BYTES) {
      long octets = (long) LONG.get(bytes, i);
      long hits = zeros(octets ^ BACKSLASH) | ((octets - CONTROL) & ~octets & HIGH);
      if (hits != 0) {
        return i + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
    }
    for (; i < to; i++) {
      if ((bytes[i] >= 0 && bytes[i] < 0x10) || bytes[i] == '\\') {
        return i;
      }
    }
    return -1;
  }

  /** Whether {@code length} octets of both, from their indices on, are equal. */
  static boolean areEqual(byte[] one, int oneFrom, byte[] other, int otherFrom, int length) {
    if (length < Long.BYTES) {
      for (int i = 0; i < length; i++) {
        if (one[oneFrom + i] != other[otherFrom + i]) {
          return false;
        }
      }
      return true;
    }
    int last = length - Long.BYTES;
    for (int i = 0; i < last; i += Long.BYTES) {
      if ((long) LONG.get(one, oneFrom + i) != (long) LONG.get(other, otherFrom + i)) {
        return false;
      }
    }
    return (long) LONG.get(one, oneFrom + last) == (long) LONG.get(other, otherFrom + last);
  }

  private static long repeated(byte octet) {
    return (octet & 0xff) * ONES;
  }

  /**
   * Marks zero octets with their high bit. Octets above a marked one may be marked by mistake, so
   * only the lowest mark counts, which in little-endian order is the first in memory.
   */
  private static long zeros(long octets) {
    return (octets - ONES) & ~octets & HIGH;
  }
}
