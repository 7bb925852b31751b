package io.stompbox.protocol.codec;

import io.stompbox.protocol.codec.EncoderOptions.ContentLength;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Header;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.IllegalFrameException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes heads: command line, header lines, blank line. Remembers the head that frames of a command
 * had last, as the next one mostly repeats it: what is equal is copied in long runs, and not before
 * something differs.
 */
final class HeaderWriter {
  private static final byte[] CONTENT_LENGTH =
      "content-length:".getBytes(StandardCharsets.US_ASCII);
  private static final int MOST_DIGITS = 19;

  /** A CR and an LF. */
  private static final int LINE_END = 2;

  private static final long NOT_THERE = -1;
  private static final long NOT_PLAIN = -2;

  private final LineWriter lines;
  private final boolean lengthOmitted;

  /** What is remembered, for the commands that the specifications know. */
  private final Map<Command, RememberedHead> heads = new HashMap<>();

  /** That of the frame's command; null if nothing is remembered of its frames. */
  private @Nullable RememberedHead head;

  /** Whether the headers so far are those of the remembered head, but for some values. */
  private boolean isRepeating;

  /** Whether some values are others than those that are remembered. */
  private boolean hasOtherValues;

  /** Whether the head is remembered when it is complete. */
  private boolean isLearning;

  /** How many headers came while it is repeating. */
  private int repeated;

  /** How many octets of the remembered head are written, or replaced by others that are. */
  private int copied;

  /** What content-length says; {@link #NOT_THERE} or {@link #NOT_PLAIN} if that is no number. */
  private long announced;

  /** The value of content-length if it is no number: it is wrong, but is refused at the end. */
  private @Nullable String notPlain;

  HeaderWriter(LineWriter lines, EncoderOptions options) {
    this.lines = lines;
    this.lengthOmitted = options.contentLength() == ContentLength.OMITTED;
  }

  /** Starts a head where the lines stand. */
  void begin(Command command) {
    repeated = 0;
    copied = 0;
    hasOtherValues = false;
    isLearning = false;
    announced = NOT_THERE;
    if (lines.command(command)) {
      // What a handshake holds may be secret and comes once. Unknown commands could be many.
      head =
          command.isHandshake() || !command.isKnown()
              ? null
              : heads.computeIfAbsent(command, any -> new RememberedHead());
    }
    RememberedHead known = head;
    isRepeating = known != null && known.isThere();
    if (!isRepeating) {
      lines.commandLine();
      if (known != null) {
        isLearning = true;
        known.begin(lines.size());
      }
    }
  }

  /** Writes a header line, if not at once, then before something else is written. */
  void header(String name, String value) {
    RememberedHead known = head;
    if (isRepeating && known != null) {
      if (known.hasName(repeated, name)) {
        repeat(known, name, value);
        return;
      }
      if (lengthOmitted && name.equals(HeaderBlock.CONTENT_LENGTH)) {
        announce(value);
        return;
      }
      copyUpTo(known, known.lineStart(repeated));
      known.differs();
      isRepeating = false;
    }
    write(name, value);
  }

  private void repeat(RememberedHead known, String name, String value) {
    int index = repeated;
    if (!known.hasValue(index, value)) {
      copyUpTo(known, known.valueStart(index));
      lines.room(most(value));
      lines.text(value, name, value, false);
      copied = known.valueEnd(index);
      hasOtherValues = true;
      if (index == known.lengthIndex()) {
        announce(value);
      }
    } else if (index == known.lengthIndex()) {
      announced = known.length();
    }
    repeated = index + 1;
  }

  /** How many octets text takes at most: three for a character, as UTF-8, and two as an escape. */
  private static int most(String text) {
    return Math.multiplyExact(3, text.length());
  }

  private void announce(String length) {
    if (announced != NOT_THERE) {
      return;
    }
    announced = BodyRules.number(length);
    if (announced < 0) {
      announced = NOT_PLAIN;
      notPlain = length;
    }
  }

  private void copyUpTo(RememberedHead known, int end) {
    lines.put(known.octets(), copied, end);
    copied = end;
  }

  private void write(String name, String value) {
    if (name.isEmpty()) {
      throw new IllegalFrameException(
          Reason.EMPTY_HEADER_NAME,
          "a header name must not be empty; its value is " + new Header(name, value));
    }
    if (name.equals(HeaderBlock.CONTENT_LENGTH)) {
      boolean isFirst = announced == NOT_THERE;
      announce(value);
      // The first of repeated headers counts, and a body has one length.
      if (!isFirst || lengthOmitted) {
        return;
      }
    }
    lines.room(Math.addExact(most(name), most(value)) + 1 + LINE_END);
    lines.text(name, name, value, true);
    lines.octet((byte) ':');
    int from = lines.size();
    lines.text(value, name, value, false);
    int to = lines.size();
    lines.lineEnd();
    if (isLearning && head != null) {
      head.add(name, value, from, to, lines.size());
    }
  }

  /**
   * Ends the headers; the body comes next.
   *
   * @param bodySize the octets of the body; -1 if nobody knows
   * @throws IllegalFrameException if content-length says something else
   */
  void end(long bodySize) {
    // Before the head is remembered, since what is refused is not worth that.
    if (announced != NOT_THERE && announced != bodySize) {
      throw BodyRules.wrongLength(
          announced == NOT_PLAIN ? String.valueOf(notPlain) : Long.toString(announced), bodySize);
    }
    endHeaders();
    lines.room(CONTENT_LENGTH.length + MOST_DIGITS + 2 * LINE_END);
    if (announced == NOT_THERE && bodySize > 0 && !lengthOmitted) {
      lines.put(CONTENT_LENGTH, 0, CONTENT_LENGTH.length);
      lines.number(bodySize);
      lines.lineEnd();
    }
    lines.lineEnd();
  }

  private void endHeaders() {
    RememberedHead known = head;
    if (known == null) {
      return;
    }
    if (isLearning) {
      known.finish(lines.target(), lines.start(), lines.position(), announced);
    } else if (isRepeating) {
      copyUpTo(known, known.lineStart(repeated));
      if (hasOtherValues || repeated < known.count()) {
        known.differs();
      }
    }
  }
}
