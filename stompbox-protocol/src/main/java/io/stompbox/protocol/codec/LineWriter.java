package io.stompbox.protocol.codec;

import io.stompbox.protocol.codec.EncoderOptions.LineEnd;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Header;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.IllegalFrameException.Reason;
import io.stompbox.protocol.frame.Version;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Writes the octets of one frame after the other, and escapes text as the frame's command and
 * version want it. A buffer without an array gets its frame when that is complete.
 */
final class LineWriter {
  /** Longer arrays for buffers without one are not kept, so that idle encoders hold little. */
  private static final int KEPT = 1 << 16;

  private final boolean carriageReturn;
  private final Version version;
  private final CharacterRules rulesByCommand;

  /** Where the frame is written: from {@link #start} to before {@link #limit}. */
  private byte[] target = {};

  private int start;
  private int limit;

  /** The index of the next octet. */
  private int position;

  /** Where frames for buffers without an array are put together. */
  private byte[] scratch = {};

  /** Whether {@link #target} is {@link #scratch}, which grows up to {@link #limit}. */
  private boolean isScratch;

  private Command command = Command.CONNECT;

  /** Those of {@link #command}. */
  private byte[] rules;

  LineWriter(Version version, EncoderOptions options) {
    this.version = version;
    this.carriageReturn = options.lineEnd() == LineEnd.CRLF;
    this.rulesByCommand = new CharacterRules(version, options.connectText());
    this.rules = rulesByCommand.of(command);
  }

  /** Starts a frame in an array. */
  void begin(byte[] array, int from, int to) {
    // Storing a reference costs a fence of the collector, so the same one is not stored again.
    if (target != array) {
      target = array;
    }
    start = from;
    position = from;
    limit = to;
    isScratch = false;
  }

  /** Starts a frame for a buffer; {@link #end} moves its position. */
  void begin(ByteBuffer buffer) {
    if (buffer.hasArray()) {
      int base = buffer.arrayOffset();
      begin(buffer.array(), base + buffer.position(), base + buffer.limit());
    } else {
      begin(scratch, 0, buffer.remaining());
      isScratch = true;
    }
  }

  /** Sets the command whose rules hold; whether it is another one than before. */
  boolean command(Command next) {
    if (next.equals(command)) {
      return false;
    }
    command = next;
    rules = rulesByCommand.of(next);
    return true;
  }

  Command command() {
    return command;
  }

  /** How many octets the frame has so far. */
  int size() {
    return position - start;
  }

  byte[] target() {
    return target;
  }

  int start() {
    return start;
  }

  int position() {
    return position;
  }

  /** Makes sure that there is room for so many octets, or fails with nothing changed. */
  void room(int octets) {
    if (octets > limit - position) {
      throw new BufferOverflowException();
    }
    if (octets > target.length - position) {
      grow(position + octets);
    }
  }

  private void grow(int needed) {
    if (!isScratch) {
      throw new BufferOverflowException();
    }
    scratch = Arrays.copyOf(scratch, (int) Math.min(limit, Math.max(2L * needed, 512)));
    target = scratch;
  }

  void commandLine() {
    String name = command.name();
    room(name.length() + 2);
    for (int i = 0; i < name.length(); i++) {
      target[position++] = (byte) name.charAt(i);
    }
    lineEnd();
  }

  void lineEnd() {
    if (carriageReturn) {
      target[position++] = '\r';
    }
    target[position++] = '\n';
  }

  /** Writes an octet; there must be room for it. */
  void octet(byte octet) {
    target[position++] = octet;
  }

  void put(byte[] octets, int from, int to) {
    room(to - from);
    System.arraycopy(octets, from, target, position, to - from);
    position += to - from;
  }

  /** Writes a number that is not negative; there must be room for it. */
  void number(long number) {
    int digits = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    long rest = number;
    for (int i = position + digits - 1; i >= position; i--) {
      target[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    position += digits;
  }

  /** Writes a body and the NUL behind it. */
  void body(byte[] octets, int from, int to) {
    room(to - from + 1);
    put(octets, from, to);
    octet((byte) 0);
  }

  /** Writes a body and the NUL behind it. */
  void body(Body body) {
    int size = body.size();
    room(size + 1);
    body.copyTo(target, position);
    position += size;
    octet((byte) 0);
  }

  /** Ends what was begun for this buffer. */
  void end(ByteBuffer buffer) {
    if (!isScratch) {
      buffer.position(position - buffer.arrayOffset());
      return;
    }
    buffer.put(scratch, 0, position);
    if (scratch.length > KEPT) {
      scratch = new byte[0];
      target = scratch;
    }
  }

  /** Writes a name or a value of a header; there must be room for three octets a character. */
  void text(String text, String name, String value, boolean isName) {
    int length = text.length();
    int i = 0;
    while (i < length) {
      i = plainEights(text, i);
      // Whatever ended them is among these.
      int stop = Math.min(length, i + Long.BYTES);
      while (i < stop) {
        char c = text.charAt(i);
        if (c < 128 && rules[c] == CharacterRules.PLAIN) {
          target[position++] = (byte) c;
        } else if (Character.isSurrogate(c)) {
          supplementary(text, i, name, value);
          i++;
        } else {
          other(c, name, value, isName);
        }
        i++;
      }
    }
  }

  /**
   * Writes characters from {@code start} on, as long as eight of them are plain ASCII in every
   * version; returns where that ends. Eight at a time take half the time that one by one takes.
   */
  private int plainEights(String text, int start) {
    byte[] out = target;
    int to = position;
    int i = start;
    int last = Math.min(text.length() - Long.BYTES, i + out.length - Long.BYTES - to);
    while (i <= last) {
      long octets = eight(text, i);
      if (!ByteScan.arePlain(octets)) {
        break;
      }
      ByteScan.LONG.set(out, to, octets);
      to += Long.BYTES;
      i += Long.BYTES;
    }
    position = to;
    return i;
  }

  /** Returns eight characters as octets, or -1 if some are not ASCII. */
  private static long eight(String text, int i) {
    int c0 = text.charAt(i);
    int c1 = text.charAt(i + 1);
    int c2 = text.charAt(i + 2);
    int c3 = text.charAt(i + 3);
    int c4 = text.charAt(i + 4);
    int c5 = text.charAt(i + 5);
    int c6 = text.charAt(i + 6);
    int c7 = text.charAt(i + 7);
    if ((c0 | c1 | c2 | c3 | c4 | c5 | c6 | c7) >= 128) {
      return -1;
    }
    int low = c0 | c1 << 8 | c2 << 16 | c3 << 24;
    int high = c4 | c5 << 8 | c6 << 16 | c7 << 24;
    return (long) high << 32 | low;
  }

  private void other(char c, String name, String value, boolean isName) {
    if (c < 128) {
      ascii(c, name, value, isName);
    } else if (c < 0x800) {
      target[position++] = (byte) (0xc0 | (c >> 6));
      target[position++] = (byte) (0x80 | (c & 0x3f));
    } else {
      target[position++] = (byte) (0xe0 | (c >> 12));
      target[position++] = (byte) (0x80 | ((c >> 6) & 0x3f));
      target[position++] = (byte) (0x80 | (c & 0x3f));
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
