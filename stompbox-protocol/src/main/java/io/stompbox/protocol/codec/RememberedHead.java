package io.stompbox.protocol.codec;

import org.jspecify.annotations.Nullable;

/**
 * The octets of a head that was written, and where its values stand: a program sends the same names
 * and mostly the same values again and again. What is remembered is copied in a few long runs.
 *
 * <p>No reference is stored while heads resemble each other: a collector takes note of each store
 * with a fence, which costs as much as writing a short value.
 */
final class RememberedHead {
  /** Heads with more headers are not remembered: they are rare and the memory is not. */
  private static final int MOST_HEADERS = 32;

  /** Longer heads, in octets, are not worth the memory. */
  private static final int LONGEST = 4096;

  private static final int MOST_PATIENCE = 256;

  private byte[] octets = {};

  /** Where the line of each header starts, and behind them where the last one ends. */
  private final int[] lines = new int[MOST_HEADERS + 1];

  private final @Nullable String[] names = new String[MOST_HEADERS];
  private final @Nullable String[] values = new String[MOST_HEADERS];

  /** Where in {@link #octets} each value starts, and where it ends. */
  private final int[] starts = new int[MOST_HEADERS];

  private final int[] ends = new int[MOST_HEADERS];

  /** The number of headers; -1 if nothing is remembered. */
  private int count = -1;

  /** How many heads were not quite like the remembered one, since that is remembered. */
  private int differences;

  /** How many are needed for another one to be remembered. */
  private int patience = 1;

  /** The number of headers of the head that is being added. */
  private int added;

  private int lengthIndex = -1;
  private long length;

  boolean isThere() {
    return count >= 0;
  }

  int count() {
    return count;
  }

  boolean hasName(int index, String name) {
    return index < count && name.equals(names[index]);
  }

  /**
   * Whether the value at {@code index} is the remembered one. Comparing costs less than writing.
   */
  boolean hasValue(int index, String value) {
    return value.equals(values[index]);
  }

  /**
   * Takes note that a head was not quite this one. So now and then the head is remembered anew, as
   * one of them may stay: soon at first, then ever more seldom.
   */
  void differs() {
    differences++;
    if (differences == patience) {
      count = -1;
      differences = 0;
      patience = Math.min(MOST_PATIENCE, patience * 4);
    }
  }

  byte[] octets() {
    return octets;
  }

  /** Where the line of a header starts; that of the one behind the last is the size of all. */
  int lineStart(int index) {
    return lines[index];
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

  /** What content-length says. */
  long length() {
    return length;
  }

  /**
   * Forgets the head and starts with another one, which is remembered when it is finished.
   *
   * @param firstLine where its first header line starts
   */
  void begin(int firstLine) {
    count = -1;
    added = 0;
    lengthIndex = -1;
    lines[0] = firstLine;
  }

  /**
   * Adds a header that was written. Indices count from the start of the head.
   *
   * @param start where its value starts
   * @param end where its value ends
   * @param next where the next line starts
   */
  void add(String name, String value, int start, int end, int next) {
    if (added < MOST_HEADERS) {
      names[added] = name;
      values[added] = value;
      starts[added] = start;
      ends[added] = end;
      lines[added + 1] = next;
      if (name.equals(HeaderBlock.CONTENT_LENGTH)) {
        lengthIndex = added;
      }
    }
    added++;
  }

  /**
   * Remembers the octets of the head whose headers were added.
   *
   * @param announced what its content-length says, as its writer understands it
   */
  void finish(byte[] written, int from, int to, long announced) {
    length = announced;
    int size = to - from;
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
