package io.stompbox.protocol.codec;

import io.stompbox.protocol.frame.Command;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the place in garbage where frames go on: a line that is a command of the
 * specifications, or a blank line right after a NUL, which is a heart-beat. A line starts after a
 * line feed or a NUL. Keeps no more than the start of one line.
 */
final class FrameSearch {
  /** UNSUBSCRIBE and a carriage return. */
  private static final int LONGEST = 12;

  /** The size of a line that is too long to be a command. */
  private static final int TOO_LONG = LONGEST + 1;

  /**
   * Compared in place, since garbage may have a line that could be a command every few octets; an
   * array, since each walk through a list takes an iterator.
   */
  private static final Spelling[] SPELLINGS =
      Command.known().stream().map(Spelling::new).toArray(Spelling[]::new);

  private static final class Spelling {
    private final Command command;
    private final byte[] octets;

    Spelling(Command command) {
      this.command = command;
      this.octets = command.name().getBytes(StandardCharsets.US_ASCII);
    }
  }

  /** What {@link #advance} found. */
  enum Found {
    /** Nothing yet. */
    NOTHING,
    /** The command line of a frame, which was consumed. */
    FRAME,
    /** A blank line after a NUL, whose line feed was not consumed. */
    HEART_BEAT
  }

  private final int longestCommand;
  private final byte[] line = new byte[LONGEST];
  private int size;
  private boolean followsNul;

  /** How many octets are not looked at. */
  private int ignored;

  private Found found = Found.NOTHING;
  private @Nullable Command command;

  /** The index behind what was consumed. */
  private int end;

  FrameSearch(int longestCommand) {
    this.longestCommand = longestCommand;
  }

  /** Starts where a line starts. */
  void start() {
    startLine(false);
    ignored = 0;
    found = Found.NOTHING;
  }

  /** Starts inside a line, after {@code octets} that are not looked at. */
  void startInsideLine(int octets) {
    size = TOO_LONG;
    followsNul = false;
    ignored = octets;
    found = Found.NOTHING;
  }

  /** Looks at octets up to what it finds, or up to {@code limit}. */
  void advance(byte[] bytes, int from, int limit) {
    end = from + Math.min(ignored, limit - from);
    ignored -= end - from;
    found = Found.NOTHING;
    while (found == Found.NOTHING && end < limit) {
      byte octet = bytes[end];
      if (octet == '\n') {
        found = endLine();
      } else if (octet == 0) {
        end++;
        startLine(true);
      } else {
        readOn(bytes, limit);
      }
    }
  }

  Found found() {
    return found;
  }

  /** The index behind what was consumed. */
  int end() {
    return end;
  }

  /** The octets that the line of a frame took, with its end, or a heart-beat so far. */
  int lineLength() {
    return command == null ? size : size + 1;
  }

  /** The command of the frame that was found. */
  Command command() {
    if (command == null) {
      throw new IllegalStateException("no frame was found");
    }
    return command;
  }

  private void startLine(boolean afterNul) {
    size = 0;
    followsNul = afterNul;
    command = null;
  }

  private Found endLine() {
    boolean carriageReturn = size > 0 && size <= LONGEST && line[size - 1] == '\r';
    int length = carriageReturn ? size - 1 : size;
    if (length == 0 && followsNul) {
      return Found.HEART_BEAT;
    }
    end++;
    command = command(length);
    if (command != null) {
      return Found.FRAME;
    }
    startLine(false);
    return Found.NOTHING;
  }

  private @Nullable Command command(int length) {
    if (length == 0 || length > Math.min(LONGEST, longestCommand)) {
      return null;
    }
    for (Spelling spelling : SPELLINGS) {
      if (Arrays.equals(line, 0, length, spelling.octets, 0, spelling.octets.length)) {
        return spelling.command;
      }
    }
    return null;
  }

  private void readOn(byte[] bytes, int limit) {
    if (size < LONGEST) {
      line[size++] = bytes[end++];
      return;
    }
    size = TOO_LONG;
    int stop = ByteScan.indexOfEither(bytes, end, limit, (byte) '\n', (byte) 0);
    end = stop < 0 ? limit : stop;
  }
}
