package io.stompbox.protocol.codec;

import io.stompbox.protocol.codec.EncoderOptions.LineEnd;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Header;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.IllegalFrameException.Reason;
import io.stompbox.protocol.frame.Version;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes command lines and header lines into an array. Remembers the head that frames of a command
 * had last, as the next one mostly repeats it.
 */
final class HeaderWriter {
  /** The head is not that of the frame before. */
  static final int DIFFERENT = -2;

  private final boolean carriageReturn;
  private final Version version;
  private final CharacterRules rulesByCommand;

  /** What is remembered, for the commands that the specifications know. */
  private final Map<Command, RememberedHead> heads = new HashMap<>();

  /** Where the frame is written, the index of its first octet and that of its next. */
  private byte[] target = {};

  private int start;
  private int position;

  private Command command = Command.CONNECT;

  /** Those of {@link #command}. */
  private byte[] rules;

  /** That of {@link #command}; null if nothing is remembered of its frames. */
  private @Nullable RememberedHead head;

  HeaderWriter(Version version, EncoderOptions options) {
    this.version = version;
    this.carriageReturn = options.lineEnd() == LineEnd.CRLF;
    this.rulesByCommand = new CharacterRules(version, options.connectText());
    this.rules = rulesByCommand.of(command);
  }

  /** Starts a frame: either {@link #repeat} or {@link #commandLine} comes next. */
  void begin(byte[] array, int index, Command next) {
    if (target != array) {
      target = array;
    }
    start = index;
    position = index;
    if (!next.equals(command)) {
      command = next;
      rules = rulesByCommand.of(next);
      // What a handshake holds may be secret and comes once. Unknown commands could be many.
      head =
          next.isHandshake() || !next.isKnown()
              ? null
              : heads.computeIfAbsent(next, any -> new RememberedHead());
    }
  }

  /**
   * Writes the command line and all header lines from memory, as far as they are those of the last
   * frame of this command.
   *
   * @return the index of content-length, -1 if it is not among the headers, or {@link #DIFFERENT}
   *     if the headers are too different; then nothing is written
   */
  int repeat(Headers headers) {
    RememberedHead known = head;
    if (known == null || headers.size() != known.count()) {
      return DIFFERENT;
    }
    int copied = 0;
    boolean differs = false;
    for (int i = 0; i < headers.size(); i++) {
      String name = headers.name(i);
      String value = headers.value(i);
      if (!known.hasName(i, name)) {
        position = start;
        return DIFFERENT;
      }
      if (!known.hasValue(i, value)) {
        put(known.octets(), copied, known.valueStart(i));
        text(value, name, value, false);
        copied = known.valueEnd(i);
        differs = true;
      }
    }
    put(known.octets(), copied, known.size());
    if (differs) {
      known.differs();
    }
    return known.lengthIndex();
  }

  /** Writes the command line. */
  void commandLine() {
    String name = command.name();
    for (int i = 0; i < name.length(); i++) {
      target[position++] = (byte) name.charAt(i);
    }
    lineEnd();
    if (head != null) {
      head.begin();
    }
  }

  /** Writes a header line. */
  void header(String name, String value) {
    text(name, name, value, true);
    target[position++] = ':';
    int from = position;
    text(value, name, value, false);
    if (head != null) {
      head.add(name, value, from - start, position - start);
    }
    lineEnd();
  }

  /** Remembers the head that was written. */
  void remember() {
    if (head != null) {
      head.finish(target, start, position);
    }
  }

  private static final byte[] CONTENT_LENGTH =
      "content-length:".getBytes(StandardCharsets.US_ASCII);

  void contentLength(int length) {
    put(CONTENT_LENGTH, 0, CONTENT_LENGTH.length);
    int digits = 1;
    for (int rest = length / 10; rest > 0; rest /= 10) {
      digits++;
    }
    int rest = length;
    for (int i = position + digits - 1; i >= position; i--) {
      target[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    position += digits;
    lineEnd();
  }

  /** Writes the blank line and returns where the body starts. */
  int endHeaders() {
    lineEnd();
    return position;
  }

  /** Writes the blank line, the body and the NUL, and returns where the frame ends. */
  int end(Body body) {
    lineEnd();
    body.copyTo(target, position);
    position += body.size();
    target[position++] = 0;
    return position;
  }

  private void lineEnd() {
    if (carriageReturn) {
      target[position++] = '\r';
    }
    target[position++] = '\n';
  }

  private void put(byte[] octets, int from, int to) {
    System.arraycopy(octets, from, target, position, to - from);
    position += to - from;
  }

  private void text(String text, String name, String value, boolean isName) {
    byte[] table = rules;
    byte[] out = target;
    int to = position;
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 128 || table[c] != CharacterRules.PLAIN) {
        position = to;
        remainder(text, i, name, value, isName);
        return;
      }
      out[to++] = (byte) c;
    }
    position = to;
  }

  /** Writes {@code text} from {@code start} on, where something other than plain ASCII stands. */
  private void remainder(String text, int start, String name, String value, boolean isName) {
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 128) {
        ascii(c, name, value, isName);
      } else if (c < 0x800) {
        target[position++] = (byte) (0xc0 | (c >> 6));
        target[position++] = (byte) (0x80 | (c & 0x3f));
      } else if (Character.isSurrogate(c)) {
        supplementary(text, i, name, value);
        i++;
      } else {
        target[position++] = (byte) (0xe0 | (c >> 12));
        target[position++] = (byte) (0x80 | ((c >> 6) & 0x3f));
        target[position++] = (byte) (0x80 | (c & 0x3f));
      }
    }
  }

  private void ascii(char c, String name, String value, boolean isName) {
    byte rule = rules[c];
    if (rule == CharacterRules.REFUSED || (rule == CharacterRules.REFUSED_IN_NAMES && isName)) {
      throw new IllegalFrameException(
          Reason.UNENCODABLE,
          "header "
              + shown(name, value)
              + " of "
              + command
              + " has the character "
              + String.format("U+%04X", (int) c)
              + ", which "
              + (command.isHandshake() ? "CONNECT and CONNECTED" : "STOMP " + version)
              + " can't carry");
    }
    if (rule > CharacterRules.REFUSED_IN_NAMES) {
      target[position++] = '\\';
      target[position++] = rule;
    } else {
      target[position++] = (byte) c;
    }
  }

  private void supplementary(String text, int i, String name, String value) {
    int codePoint = text.codePointAt(i);
    if (!Character.isSupplementaryCodePoint(codePoint)) {
      throw new IllegalFrameException(
          Reason.UNENCODABLE,
          "header "
              + shown(name, value)
              + " of "
              + command
              + " has a surrogate without its partner at index "
              + i);
    }
    target[position++] = (byte) (0xf0 | (codePoint >> 18));
    target[position++] = (byte) (0x80 | ((codePoint >> 12) & 0x3f));
    target[position++] = (byte) (0x80 | ((codePoint >> 6) & 0x3f));
    target[position++] = (byte) (0x80 | (codePoint & 0x3f));
  }

  private static String shown(String name, String value) {
    return "'" + new Header(name, value) + "'";
  }
}
