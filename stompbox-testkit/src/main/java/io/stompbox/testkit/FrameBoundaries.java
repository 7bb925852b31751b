package io.stompbox.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Finds where frames begin and end, octet by octet. What is no STOMP gives marks that mean nothing.
 */
final class FrameBoundaries {
  /** Octets of a line that are kept; commands and content-length are shorter. */
  private static final int LONGEST = 256;

  private static final String LENGTH = "content-length:";

  /** What an octet was. */
  enum Mark {
    /** An end of line between frames. */
    BETWEEN,
    /** One of the command's line. */
    IN_COMMAND,
    /** The end of the command's line. */
    COMMAND_END,
    /** One of the headers or the body. */
    INSIDE,
    /** The last one before the body, or before the NUL. */
    HEAD_END,
    /** The NUL behind the body. */
    FRAME_END
  }

  private enum State {
    BETWEEN,
    COMMAND,
    HEADERS,
    BODY
  }

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private State state = State.BETWEEN;
  private String command = "";

  /** Octets of the body that are to come before its NUL; -1 if the NUL ends it. */
  private long bodyLeft = -1;

  /** The command of the frame that was begun last. */
  String command() {
    return command;
  }

  Mark accept(byte octet) {
    return switch (state) {
      case BETWEEN -> between(octet);
      case COMMAND -> inCommand(octet);
      case HEADERS -> inHeaders(octet);
      case BODY -> inBody(octet);
    };
  }

  private Mark between(byte octet) {
    if (octet == '\n' || octet == '\r') {
      return Mark.BETWEEN;
    }
    state = State.COMMAND;
    bodyLeft = -1;
    return inCommand(octet);
  }

  private Mark inCommand(byte octet) {
    if (octet != '\n') {
      keep(octet);
      return Mark.IN_COMMAND;
    }
    command = takeLine();
    state = State.HEADERS;
    return Mark.COMMAND_END;
  }

  private Mark inHeaders(byte octet) {
    if (octet != '\n') {
      keep(octet);
      return Mark.INSIDE;
    }
    String header = takeLine();
    if (header.isEmpty()) {
      state = State.BODY;
      return Mark.HEAD_END;
    }
    // Of repeated headers the first is in force (STOMP 1.2, "Repeated Header Entries").
    if (bodyLeft < 0 && header.startsWith(LENGTH)) {
      bodyLeft = number(header.substring(LENGTH.length()));
    }
    return Mark.INSIDE;
  }

  private static long number(String text) {
    return text.matches("[0-9]{1,15}") ? Long.parseLong(text) : -1;
  }

  private Mark inBody(byte octet) {
    if (bodyLeft > 0) {
      bodyLeft--;
      return Mark.INSIDE;
    }
    if (octet != 0) {
      return Mark.INSIDE;
    }
    state = State.BETWEEN;
    return Mark.FRAME_END;
  }

  private void keep(byte octet) {
    if (line.size() < LONGEST && octet != '\r') {
      line.write(octet);
    }
  }

  private String takeLine() {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    return text;
  }
}
