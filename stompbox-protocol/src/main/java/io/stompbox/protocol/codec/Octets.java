package io.stompbox.protocol.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A growing run of octets. Grows with what is appended, never by what a peer declares. */
final class Octets {
  private static final byte[] NONE = {};
  private static final int NONE_EXPECTED = -1;
  private static final int FIRST_CAPACITY = 64;

  /** Larger arrays are given back when the octets are cleared, so that idle peers hold little. */
  private static final int KEPT_CAPACITY = 4096;

  private byte[] array = NONE;
  private int size;

  /** How many there will be in all; 0 if that is not known. */
  private int expected;

  /** Up to how many can be put in without another look; {@link #NONE_EXPECTED} if none can. */
  private int fillable = NONE_EXPECTED;

  byte[] array() {
    return array;
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void append(byte[] source, int from, int to) {
    int length = to - from;
    reserve(length);
    if (!ByteScan.copyFew(source, from, length, array, size)) {
      System.arraycopy(source, from, array, size, length);
    }
    size += length;
  }

  /** Appends octets if they are expected and there is room already; else does nothing. */
  boolean fill(byte[] source, int from, int length) {
    int at = size;
    if (length > fillable - at) {
      return false;
    }
    byte[] target = array;
    // As ByteScan.copyFew, but one call less: compilers inline calls up to a depth, and a piece of
    // seven octets takes a fifth more time where that is exceeded.
    if (length <= Long.BYTES
        && from <= source.length - Long.BYTES
        && at <= target.length - Long.BYTES) {
      ByteScan.LONG.set(target, at, (long) ByteScan.LONG.get(source, from));
    } else {
      System.arraycopy(source, from, target, at, length);
    }
    size = at + length;
    return true;
  }

  /**
   * Appends up to eight octets to those that are there, unless a blank line may end among them or
   * there is no room yet; else does nothing.
   */
  boolean fillBeforeBlankLine(byte[] source, int from, int length) {
    int at = size;
    byte[] target = array;
    if (length > Long.BYTES
        || from > source.length - Long.BYTES
        || at > target.length - Long.BYTES
        || at == 0) {
      return false;
    }
    long octets = (long) ByteScan.LONG.get(source, from);
    if (ByteScan.mayEndBlankLine(target[at - 1], octets, length)) {
      return false;
    }
    ByteScan.LONG.set(target, at, octets);
    size = at + length;
    return true;
  }

  void append(byte octet) {
    reserve(1);
    array[size++] = octet;
  }

  /** Returns the octets and forgets them; the array is handed over if it fits exactly. */
  byte[] take() {
    byte[] taken = array.length == size ? array : Arrays.copyOf(array, size);
    letGo();
    return taken;
  }

  /** Returns the octets and forgets them; the array is handed over. */
  ByteBuffer hand() {
    ByteBuffer handed = ByteBuffer.wrap(array, 0, size);
    letGo();
    return handed;
  }

  private void letGo() {
    array = NONE;
    size = 0;
    fillable = NONE_EXPECTED;
  }

  /**
   * Tells how many octets there will be in all. Where that is no more than twice what has come,
   * room is made for just as many.
   */
  void expect(int total) {
    expected = total;
    fillable = NONE_EXPECTED;
  }

  /** Forgets all but the first {@code octets}. */
  void shorten(int octets) {
    size = Math.min(size, octets);
  }

  void clear() {
    size = 0;
    if (array.length > KEPT_CAPACITY) {
      array = NONE;
    }
  }

  private void reserve(int more) {
    if (more > array.length - size) {
      grow(Math.addExact(size, more));
    }
  }

  private void grow(int needed) {
    if (expected >= needed && expected <= Math.max(2L * needed, KEPT_CAPACITY)) {
      array = Arrays.copyOf(array, expected);
    } else {
      long doubled = Math.max(FIRST_CAPACITY, 2L * array.length);
      array =
          Arrays.copyOf(array, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(doubled, needed)));
    }
    fillable = expected > 0 ? Math.min(expected, array.length) : NONE_EXPECTED;
  }
}
