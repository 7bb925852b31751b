package io.stompbox.protocol.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Searches ranges of octets, eight at a time. */
final class ByteScan {
  static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH = 0x8080808080808080L;
  private static final long BACKSLASH = repeated((byte) '\\');
  private static final long COLON = repeated((byte) ':');
  private static final long BLANK = repeated((byte) ' ');

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
        return index(i, hits);
      }
    }
    return i < to ? index(i, real(zeros(tail(bytes, i, to) ^ pattern), to - i)) : -1;
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
        return index(i, hits);
      }
    }
    if (i == to) {
      return -1;
    }
    long octets = tail(bytes, i, to);
    return index(i, real(zeros(octets ^ first) | zeros(octets ^ second), to - i));
  }

  /**
   * Returns the index of the first octet in [from, to) that is a backslash or below 0x10, as LF and
   * CR are, or -1. One comparison finds both line ends.
   */
  static int indexOfControlOrBackslash(byte[] bytes, int from, int to) {
    int i = from;
    for (int end = to - Long.BYTES; i <= end; i += Long.BYTES) {
      long octets = (long) LONG.get(bytes, i);
      long hits = controlsOrBackslashes(octets);
      if (hits != 0) {
        return index(i, hits);
      }
    }
    return i < to ? index(i, real(controlsOrBackslashes(tail(bytes, i, to)), to - i)) : -1;
  }

  /**
   * Whether two octets below 0x10, as line ends are, meet among the first one to eight octets, or
   * in the one before them and the first. Now and then true without such.
   */
  static boolean mayEndBlankLine(byte before, long octets, int count) {
    long marks = controls(octets);
    long behind = marks << Byte.SIZE | (controls(before) & 0x80);
    return (marks & behind) << (Long.SIZE - count * Byte.SIZE) != 0;
  }

  /**
   * Whether eight octets are ASCII without controls, colons and backslashes, which mean themselves
   * in every frame of every version.
   */
  static boolean arePlain(long octets) {
    long marks =
        octets | (octets - BLANK) | ((octets ^ COLON) - ONES) | ((octets ^ BACKSLASH) - ONES);
    return (marks & HIGH) == 0;
  }

  private static long controlsOrBackslashes(long octets) {
    return zeros(octets ^ BACKSLASH) | controls(octets);
  }

  /** Marks octets below 0x10 as {@link #zeros} does zeros. */
  private static long controls(long octets) {
    return (octets - CONTROL) & ~octets & HIGH;
  }

  /** Returns the index of the lowest mark in the octets from {@code i} on, or -1 without a mark. */
  private static int index(int i, long marks) {
    return marks == 0 ? -1 : i + (Long.numberOfTrailingZeros(marks) >>> 3);
  }

  /** Returns the octets in [i, to), which are one to seven, and zeros to make eight. */
  private static long tail(byte[] bytes, int i, int to) {
    if (to >= Long.BYTES) {
      return (long) LONG.get(bytes, to - Long.BYTES) >>> (Long.SIZE - (to - i) * Byte.SIZE);
    }
    long octets = 0;
    for (int k = to - 1; k >= i; k--) {
      octets = octets << Byte.SIZE | (bytes[k] & 0xff);
    }
    return octets;
  }

  /** Returns the marks without those of the zeros that {@link #tail} adds. */
  private static long real(long marks, int octets) {
    return marks & ~(-1L << (octets * Byte.SIZE));
  }

  /**
   * Copies up to eight octets, and what follows them to make eight, if both arrays have room for
   * that. A frame in pieces of seven octets takes 5 to 10 % less time with it than with array
   * copies.
   */
  static boolean copyFew(byte[] source, int from, int length, byte[] target, int to) {
    if (length > Long.BYTES
        || from > source.length - Long.BYTES
        || to > target.length - Long.BYTES) {
      return false;
    }
    LONG.set(target, to, (long) LONG.get(source, from));
    return true;
  }

  /** Whether {@code length} octets of both, from their indices on, are equal. */
  static boolean areEqual(byte[] one, int oneFrom, byte[] other, int otherFrom, int length) {
    if (length < Long.BYTES) {
      return length == 0
          || tail(one, oneFrom, oneFrom + length) == tail(other, otherFrom, otherFrom + length);
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
