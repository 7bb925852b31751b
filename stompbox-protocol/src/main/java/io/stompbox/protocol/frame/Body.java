package io.stompbox.protocol.frame;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The octets of a frame's body. Immutable: nobody else holds the array, unless a decoder was asked
 * to lend that of its input.
 */
public final class Body {
  private static final Body EMPTY = new Body(new byte[0], 0, 0);

  private final byte[] array;
  private final int offset;
  private final int size;

  private Body(byte[] array, int offset, int size) {
    this.array = array;
    this.offset = offset;
    this.size = size;
  }

  /** Returns the body of a frame that has none: zero octets. */
  public static Body empty() {
    return EMPTY;
  }

  /** Returns a body with a copy of {@code bytes}. */
  public static Body of(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new Body(bytes.clone(), 0, bytes.length);
  }

  /**
   * Returns a body with the UTF-8 form of {@code text}.
   *
   * @throws IllegalArgumentException if the text has a surrogate without its partner, which UTF-8
   *     cannot carry
   */
  public static Body of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int unpaired = unpairedSurrogate(text);
    if (unpaired >= 0) {
      throw new IllegalArgumentException(
          "the text has a surrogate without its partner at index " + unpaired);
    }
    return wrap(bytes, 0, bytes.length);
  }

  /** Returns a body with {@code text} in {@code charset}; what it cannot carry is replaced. */
  public static Body of(String text, Charset charset) {
    byte[] bytes = text.getBytes(charset);
    return wrap(bytes, 0, bytes.length);
  }

  /**
   * Returns a body that keeps {@code array} instead of copying it, for callers that made the array
   * and give it away. Changing it afterwards breaks the promise of this class.
   */
  public static Body wrap(byte[] array, int offset, int size) {
    if (offset < 0 || size < 0 || size > array.length - offset) {
      throw new IllegalArgumentException(
          "offset=" + offset + " size=" + size + " is outside of an array of " + array.length);
    }
    return size == 0 ? EMPTY : new Body(array, offset, size);
  }

  /** Returns the index of the first surrogate in {@code text} without its partner, or -1. */
  public static int unpairedSurrogate(CharSequence text) {
    // Most texts have none at all, which is seen sooner without code points.
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return unpairedSurrogate(text, i);
      }
    }
    return -1;
  }

  private static int unpairedSurrogate(CharSequence text, int from) {
    int i = from;
    while (i < text.length()) {
      int codePoint = Character.codePointAt(text, i);
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        return i;
      }
      i += Character.charCount(codePoint);
    }
    return -1;
  }

  /** The number of octets. */
  public int size() {
    return size;
  }

  /** Whether there are no octets. */
  public boolean isEmpty() {
    return size == 0;
  }

  /** Returns the octet at {@code index}, from 0 to {@link #size()} - 1. */
  public byte at(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("index " + index + " of a body of " + size + " octets");
    }
    return array[offset + index];
  }

  /**
   * Returns a body with the first {@code octets} of this one, without copying them.
   *
   * @param octets from 0 to {@link #size()}
   */
  public Body first(int octets) {
    if (octets < 0 || octets > size) {
      throw new IndexOutOfBoundsException(octets + " octets of a body of " + size);
    }
    return wrap(array, offset, octets);
  }

  /** Returns a copy of the octets. */
  public byte[] toBytes() {
    return Arrays.copyOfRange(array, offset, offset + size);
  }

  /** Returns a read-only view of the octets, without copying. */
  public ByteBuffer asByteBuffer() {
    return ByteBuffer.wrap(array, offset, size).slice().asReadOnlyBuffer();
  }

  /** Copies all octets to {@code target}, starting at {@code index}. */
  public void copyTo(byte[] target, int index) {
    System.arraycopy(array, offset, target, index, size);
  }

  /** Whether there is a NUL octet, which makes content-length mandatory. */
  public boolean hasNul() {
    for (int i = offset; i < offset + size; i++) {
      if (array[i] == 0) {
        return true;
      }
    }
    return false;
  }

  /** Returns the octets as UTF-8; what is not UTF-8 becomes U+FFFD. */
  public String text() {
    return text(StandardCharsets.UTF_8);
  }

  /** Returns the octets as text in {@code charset}; what does not fit is replaced. */
  public String text(Charset charset) {
    return new String(array, offset, size, charset);
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Body body
            && Arrays.equals(
                array, offset, offset + size, body.array, body.offset, body.offset + body.size));
  }

  @Override
  public int hashCode() {
    return asByteBuffer().hashCode();
  }

  /** Returns the number of octets, never the content: it may be secret or large. */
  @Override
  public String toString() {
    return size == 1 ? "1 octet" : size + " octets";
  }
}
