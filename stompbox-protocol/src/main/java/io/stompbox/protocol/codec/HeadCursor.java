package io.stompbox.protocol.codec;

/**
 * Follows the head of one frame along a {@link HeadLayout}, as far as its octets have come. Indices
 * that it keeps count from the start of the head, since the octets may move between two calls.
 */
final class HeadCursor {
  /**
   * The head is not of this layout, or has something in it that only reading line by line tells.
   */
  static final int DIFFERENT = -1;

  /** The octets so far are of this layout, and more are needed. */
  static final int UNFINISHED = -2;

  private HeadLayout layout;

  /** The index of the next octet to look at. */
  private int at;

  /** Which piece is being compared, and how many of its octets have been. */
  private int piece;

  private int compared;

  /** By slot, where its value starts and ends. */
  private final int[] ranges = new int[2 * HeadLayouts.MOST_LINES];

  /** A bit for each slot whose value has a backslash. */
  private long escaped;

  private final Dialect.Escapes escapes;

  HeadCursor(HeadLayout layout, Dialect.Escapes escapes) {
    this.layout = layout;
    this.escapes = escapes;
  }

  /** Starts at the first octet of a head. */
  void start(HeadLayout along) {
    if (layout != along) {
      layout = along;
    }
    at = 0;
    piece = 0;
    compared = 0;
    escaped = 0;
  }

  /**
   * Goes on with octets of which the head's first is at {@code start}.
   *
   * @return the index behind the blank line, {@link #DIFFERENT} or {@link #UNFINISHED}
   */
  int advance(byte[] bytes, int start, int limit) {
    byte[][] pieces = layout.pieces();
    int index = start + at;
    while (true) {
      byte[] expected = pieces[piece];
      int length = Math.min(expected.length - compared, limit - index);
      if (!ByteScan.areEqual(bytes, index, expected, compared, length)) {
        return DIFFERENT;
      }
      index += length;
      compared += length;
      if (compared < expected.length) {
        return unfinished(index - start);
      }
      if (piece == pieces.length - 1) {
        // Up to this length no limit can be exceeded.
        return index - start > HeadLayouts.LONGEST ? DIFFERENT : index;
      }
      if (length > 0) {
        ranges[2 * piece] = index - start;
      }
      int stop = endOfValue(bytes, index, limit);
      if (stop < 0) {
        return DIFFERENT;
      }
      if (stop == limit || bytes[stop] == '\\') {
        return unfinished(stop - start);
      }
      ranges[2 * piece + 1] = stop - start;
      index = stop;
      piece++;
      compared = 0;
    }
  }

  private int unfinished(int reached) {
    at = reached;
    return reached < HeadLayouts.LONGEST ? UNFINISHED : DIFFERENT;
  }

  /**
   * Returns the index of the LF that ends the value, or of a backslash whose letter has not come,
   * or the limit; {@link #DIFFERENT} if there is a carriage return or an undefined escape.
   */
  private int endOfValue(byte[] bytes, int from, int limit) {
    int stop = ByteScan.indexOfControlOrBackslash(bytes, from, limit);
    while (stop >= 0 && bytes[stop] != '\n') {
      if (bytes[stop] == '\r') {
        return DIFFERENT;
      }
      if (bytes[stop] != '\\') {
        stop = ByteScan.indexOfControlOrBackslash(bytes, stop + 1, limit);
        continue;
      }
      escaped |= 1L << piece;
      if (stop + 1 == limit) {
        return stop;
      }
      if (!HeaderText.isDefined(bytes[stop + 1], escapes)) {
        return DIFFERENT;
      }
      stop = ByteScan.indexOfControlOrBackslash(bytes, stop + 2, limit);
    }
    return stop < 0 ? limit : stop;
  }

  /** The number of octets from the start of the head that need not be looked at again. */
  int reached() {
    return at;
  }

  HeadLayout layout() {
    return layout;
  }

  /** Whether the value of a slot has a backslash in it. */
  boolean isEscaped(int slot) {
    return (escaped >>> slot & 1) != 0;
  }

  boolean hasEscapes() {
    return escaped != 0;
  }

  /** How many values differ. */
  int slots() {
    return layout.pieces().length - 1;
  }

  /** By slot, where its value starts and ends; longer than that. */
  int[] ranges() {
    return ranges;
  }
}
