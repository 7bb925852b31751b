package io.stompbox.protocol.codec;

import org.jspecify.annotations.Nullable;

/**
 * The octets of a head that was written, and where its values stand: a program sends the same names
 * and mostly the same values again and again. What is remembered is copied in a few long runs.
 */
final class RememberedHead {
  /** Heads with more headers are not remembered: they are rare and the memory is not. */
  private static final int MOST_HEADERS = 32;

  /** Longer heads, in octets, are not worth the memory. */
  private static final int LONGEST = 4096;

  private byte[] octets = {};
  private int size;

  private final @Nullable String[] names = new String[MOST_HEADERS];
  private final @Nullable String[] values = new String[MOST_HEADERS];

  /** Where in {@link #octets} each value starts, and where it ends. */
  private final int[] starts = new int[MOST_HEADERS];

  private final int[] ends = new int[MOST_HEADERS];

  /** The values that came last where those of {@link #values} didn't. */
  private final @Nullable String[] others = new String[MOST_HEADERS];

  /** The number of headers; -1 if nothing is remembered. */
  private int count = -1;

  /** The number of headers of the head that is being added. */
  private int added;

  private int lengthIndex = -1;

  int count() {
    return count;
  }

  boolean hasName(int index, String name) {
    return name.equals(names[index]);
  }

  /**
   * Whether the value at {@code index} is the remembered one. Comparing costs less than writing.
   */
  boolean hasValue(int index, String value) {
    return value.equals(values[index]);
  }

  /**
   * Takes note of another value. If it came twice in a row, the remembered one is out of date, and
   * nothing is remembered any more.
   */
  @SuppressWarnings("ReferenceEquality") // A value that is made anew each time will change again.
  void differs(int index, String value) {
    if (others[index] == value) {
      count = -1;
    }
    others[index] = value;
  }

  byte[] octets() {
    return octets;
  }

  /** Where the last header line ends, its line end included. */
  int size() {
    return size;
  }

  int valueStart(int index) {
    return starts[index];
  }

  int valueEnd(int index) {
    return ends[index];
  }

  /** The index of content-length; -1 if it is not there. */
  int lengthIndex() {
    return lengthIndex;
  }

  /** Forgets the head and starts with another one, which is remembered when it is finished. */
  void begin() {
    count = -1;
    added = 0;
    lengthIndex = -1;
  }

  /** Adds a header that was written; counts from the start of the head. */
  void add(String name, String value, int start, int end) {
    if (added < MOST_HEADERS) {
      names[added] = name;
      values[added] = value;
      others[added] = null;
      starts[added] = start;
      ends[added] = end;
      if (name.equals(HeaderBlock.CONTENT_LENGTH)) {
        lengthIndex = added;
      }
    }
    added++;
  }

  /** Remembers the octets of the head whose headers were added. */
  void finish(byte[] written, int from, int to) {
    size = to - from;
    if (added > MOST_HEADERS || size > LONGEST) {
      return;
    }
    if (octets.length < size) {
      octets = new byte[Math.max(size, 2 * octets.length)];
    }
    System.arraycopy(written, from, octets, 0, size);
    count = added;
  }
}
