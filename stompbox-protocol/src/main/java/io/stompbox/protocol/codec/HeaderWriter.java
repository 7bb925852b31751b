package io.stompbox.protocol.codec;

import io.stompbox.protocol.codec.EncoderOptions.LineEnd;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Header;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.IllegalFrameException.Reason;
import io.stompbox.protocol.frame.Version;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes command lines and header lines into an array. Remembers, by position, the octets of the
 * names and values of the frame before: a program sends the same Strings again and again.
 */
final class HeaderWriter {
  /** Positions beyond this one are not remembered: such frames are rare and the memory is not. */
  private static final int REMEMBERED = 32;

  /** Longer values, in octets, are not worth the memory. */
  private static final int WORTH_REMEMBERING = 256;

  private final boolean carriageReturn;
  private final Version version;
  private final CharacterRules rulesByCommand;

  /** The names that the last frames had, by position. */
  private final @Nullable String[] names = new String[REMEMBERED];

  /** The octets of {@link #names}, with the colon. */
  private final byte[][] nameOctets = new byte[REMEMBERED][];

  /** The values that the last frames had, by position. */
  private final @Nullable String[] values = new String[REMEMBERED];

  /** The octets of {@link #values}; null for values that came once, or are too long. */
  private final byte[] @Nullable [] valueOctets = new byte[REMEMBERED][];

  /** Where the frame is written, and the index of its next octet. */
  private byte[] target = {};

  private int position;

  private Command command = Command.SEND;

  /** Those of {@link #command}. */
  private byte[] rules;

  /** The position of the next header in the frame. */
  private int index;

  HeaderWriter(Version version, EncoderOptions options) {
    this.version = version;
    this.carriageReturn = options.lineEnd() == LineEnd.CRLF;
    this.rulesByCommand = new CharacterRules(version, options.connectText());
    this.rules = rulesByCommand.of(command);
  }

  void begin(byte[] array, int start, Command next) {
    target = array;
    position = start;
    command = next;
    index = 0;
    rules = rulesByCommand.of(next);
    String name = next.name();
    for (int i = 0; i < name.length(); i++) {
      target[position++] = (byte) name.charAt(i);
    }
    lineEnd();
  }

  void header(String name, String value) {
    // What a handshake holds may be secret and comes once.
    if (index < REMEMBERED && !command.isHandshake()) {
      rememberedName(name, value);
      rememberedValue(name, value);
    } else {
      text(name, name, value, true);
      target[position++] = ':';
      text(value, name, value, false);
    }
    lineEnd();
    index++;
  }

  private static final byte[] CONTENT_LENGTH =
      "content-length:".getBytes(StandardCharsets.US_ASCII);

  void contentLength(int length) {
    put(CONTENT_LENGTH);
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

  private void put(byte[] octets) {
    System.arraycopy(octets, 0, target, position, octets.length);
    position += octets.length;
  }

  /** Writes the name and its colon. */
  private void rememberedName(String name, String value) {
    if (name.equals(names[index])) {
      put(nameOctets[index]);
      return;
    }
    int start = position;
    text(name, name, value, true);
    target[position++] = ':';
    names[index] = name;
    nameOctets[index] = Arrays.copyOfRange(target, start, position);
  }

  /**
   * Writes the value. Only the very same String is looked up: comparing costs as much as writing.
   */
  @SuppressWarnings("ReferenceEquality")
  private void rememberedValue(String name, String value) {
    if (value != values[index]) {
      text(value, name, value, false);
      values[index] = value;
      valueOctets[index] = null;
      return;
    }
    byte[] octets = valueOctets[index];
    if (octets != null) {
      put(octets);
      return;
    }
    int start = position;
    text(value, name, value, false);
    if (position - start <= WORTH_REMEMBERING) {
      valueOctets[index] = Arrays.copyOfRange(target, start, position);
    }
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
