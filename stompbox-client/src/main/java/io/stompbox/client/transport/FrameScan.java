package io.stompbox.client.transport;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Finds where frames end in octets that the encoder made: whole frames, and ends of line between
 * them. What is valid there is not checked again.
 */
final class FrameScan {
  private static final String CONTENT_LENGTH = "content-length:";

  /** The name, as many digits as a length has, and the end of the line. */
  private static final int LONGEST_OF_INTEREST = CONTENT_LENGTH.length() + 19 + 2;

  private static final int UNCOUNTED = -1;

  private final byte[] line = new byte[LONGEST_OF_INTEREST];
  private State state = State.BETWEEN;

  /** How many octets of {@link #line} are filled, of a line that may be longer. */
  private int lineLength;

  /** What the frame says of its body, or {@link #UNCOUNTED}. */
  private long contentLength = UNCOUNTED;

  private enum State {
    /** Behind a frame, before the next. */
    BETWEEN,
    /** In the command or a header line, which may have NULs. */
    HEADERS,
    /** In a body of known length, or before the NUL behind it. */
    COUNTED_BODY,
    /** In a body that the next NUL ends. */
    UNCOUNTED_BODY
  }

  /**
   * Moves the position of {@code input} behind the end of a frame, or behind ends of line where no
   * frame is, or to its limit.
   *
   * @return whether a frame, or ends of line, ended there
   */
  boolean skip(ByteBuffer input) {
    boolean ended = false;
    while (!ended && input.hasRemaining()) {
      ended =
          switch (state) {
            case BETWEEN -> skipLineEnds(input);
            case HEADERS -> skipLine(input);
            case COUNTED_BODY -> skipCounted(input);
            case UNCOUNTED_BODY -> skipUntilNul(input);
          };
    }
    return ended;
  }

  private boolean skipLineEnds(ByteBuffer input) {
    int from = input.position();
    while (input.hasRemaining() && isLineEnd(input.get(input.position()))) {
      input.get();
    }
    if (input.position() > from) {
      return true;
    }
    state = State.HEADERS;
    contentLength = UNCOUNTED;
    return false;
  }

  private static boolean isLineEnd(byte octet) {
    return octet == '\n' || octet == '\r';
  }

  private boolean skipLine(ByteBuffer input) {
    byte octet = 0;
    while (input.hasRemaining() && octet != '\n') {
      octet = input.get();
      if (lineLength < line.length) {
        line[lineLength++] = octet;
      }
    }
    if (octet == '\n') {
      endLine();
      lineLength = 0;
    }
    return false;
  }

  private void endLine() {
    if (lineLength == 1 || (lineLength == 2 && line[0] == '\r')) {
      state = contentLength == UNCOUNTED ? State.UNCOUNTED_BODY : State.COUNTED_BODY;
    } else if (contentLength == UNCOUNTED && line[0] == CONTENT_LENGTH.charAt(0)) {
      // Most lines are others, and a String for each would be most of what a message allocates.
      endLineOfInterest(new String(line, 0, lineLength, StandardCharsets.ISO_8859_1));
    }
  }

  private void endLineOfInterest(String text) {
    if (text.startsWith(CONTENT_LENGTH)) {
      contentLength = length(text.substring(CONTENT_LENGTH.length()).stripTrailing());
    }
  }

  private static long length(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException tooLong) {
      return UNCOUNTED;
    }
  }

  private boolean skipCounted(ByteBuffer input) {
    if (contentLength == 0) {
      input.get();
      state = State.BETWEEN;
      return true;
    }
    int count = (int) Math.min(contentLength, input.remaining());
    input.position(input.position() + count);
    contentLength -= count;
    return false;
  }

  private boolean skipUntilNul(ByteBuffer input) {
    while (input.hasRemaining()) {
      if (input.get() == 0) {
        state = State.BETWEEN;
        return true;
      }
    }
    return false;
  }
}
