package io.stompbox.protocol.codec;

/** The line that is being read: where it stands if it came whole, else put together from pieces. */
final class Line {
  private static final byte[] NONE = {};

  /** The start of a line whose end has not come yet, and then the whole line. */
  private final Octets carry = new Octets();

  /** What holds the whole line: a buffer of the caller, or {@link #carry}. */
  private byte[] octets = NONE;

  private int from;
  private int to;

  byte[] octets() {
    return octets;
  }

  int from() {
    return from;
  }

  /** The index of the LF. */
  int to() {
    return to;
  }

  /** How many octets of the line came in earlier pieces. */
  int carried() {
    return carry.size();
  }

  boolean isEmpty() {
    return to == from;
  }

  boolean endsInCarriageReturn() {
    return to > from && octets[to - 1] == '\r';
  }

  /** The pieces so far; {@link #carried} of its octets count. */
  byte[] pieces() {
    return carry.array();
  }

  /** Keeps a piece that does not have the end. */
  void carry(byte[] bytes, int start, int limit) {
    carry.append(bytes, start, limit);
  }

  /** Takes the last piece, which may be the only one; its LF is at {@code end}. */
  void finish(byte[] bytes, int start, int end) {
    if (carry.isEmpty()) {
      octets = bytes;
      from = start;
      to = end;
    } else {
      carry.append(bytes, start, end + 1);
      octets = carry.array();
      from = 0;
      to = carry.size() - 1;
    }
  }

  /** Forgets the pieces: the next line starts. */
  void clear() {
    carry.clear();
  }

  /**
   * Lets go of the caller's buffer. Storing a reference makes a collector take note, with a fence
   * in some; so what is stored already is not stored again, here as elsewhere on the short way.
   */
  void release() {
    if (octets != NONE) {
      octets = NONE;
    }
  }
}
