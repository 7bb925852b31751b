package io.stompbox.protocol.codec;

import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the heads of some frames looked: which octets they share, and where values differ. Brokers
 * send the same layout again and again, so a head is mostly a few long runs of known octets.
 *
 * <p>Immutable. {@link #pieces()} are the shared runs: the first starts with the command, the
 * others with the line feed that ends the differing value before, and the last ends with the blank
 * line. Between two pieces stands one differing value, which is called a slot.
 */
final class HeadLayout {
  /** A content-length that is not just digits. */
  static final long NOT_PLAIN = -2;

  private static final long IN_SLOT = -3;
  private static final int MOST_DIGITS = 18;

  private final Command command;

  /** The lines as they stood, without line ends; the first is that of the command. */
  private final List<byte[]> lines;

  private final String[] names;

  /** What each header is, decoded; null where it differs from frame to frame. */
  private final @Nullable String[] constants;

  /** The slot of each header that differs. */
  private final int[] slots;

  private final byte[][] pieces;

  /** The position of the content-length in force; -1 if there is none. */
  private final int lengthIndex;

  private final long constantLength;

  private HeadLayout(
      Command command, List<byte[]> lines, String[] names, @Nullable String[] constants) {
    this.command = command;
    this.lines = lines;
    this.names = names;
    this.constants = constants;
    this.slots = new int[names.length];
    this.pieces = cut();
    this.lengthIndex = Arrays.asList(names).indexOf(HeaderBlock.CONTENT_LENGTH);
    this.constantLength = constantLength();
  }

  private long constantLength() {
    if (lengthIndex < 0) {
      return BodyReader.OPEN;
    }
    String value = constants[lengthIndex];
    if (value == null) {
      return IN_SLOT;
    }
    byte[] digits = value.getBytes(StandardCharsets.UTF_8);
    return plainNumber(digits, 0, digits.length);
  }

  /** Returns a number of plain digits; {@link #NOT_PLAIN} for all else, which others judge. */
  private static long plainNumber(byte[] bytes, int from, int to) {
    if (from == to || to - from > MOST_DIGITS) {
      return NOT_PLAIN;
    }
    long number = 0;
    for (int i = from; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return NOT_PLAIN;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  /**
   * Returns the layout of one head, in which nothing differs.
   *
   * @param from where the command line starts
   * @param to the index behind the blank line
   */
  static HeadLayout of(Command command, Headers headers, byte[] bytes, int from, int to) {
    List<byte[]> lines = new ArrayList<>();
    int at = from;
    while (lines.size() <= headers.size()) {
      int end = ByteScan.indexOf(bytes, at, to, (byte) '\n');
      lines.add(Arrays.copyOfRange(bytes, at, end));
      at = end + 1;
    }
    String[] names = new String[headers.size()];
    String[] values = new String[headers.size()];
    for (int i = 0; i < names.length; i++) {
      names[i] = headers.name(i);
      values[i] = headers.value(i);
    }
    return new HeadLayout(command, lines, names, values);
  }

  /** Returns the layout of which both are examples; null if they have other names. */
  @Nullable HeadLayout mergedWith(HeadLayout other) {
    if (!command.equals(other.command) || !Arrays.equals(names, other.names)) {
      return null;
    }
    @Nullable String[] shared = constants.clone();
    for (int i = 0; i < shared.length; i++) {
      if (other.constants[i] == null || !Arrays.equals(lines.get(i + 1), other.lines.get(i + 1))) {
        shared[i] = null;
      }
    }
    return new HeadLayout(command, lines, names, shared);
  }

  private byte[][] cut() {
    List<byte[]> found = new ArrayList<>();
    Octets piece = new Octets();
    appendLine(piece, lines.get(0));
    for (int i = 0; i < names.length; i++) {
      byte[] line = lines.get(i + 1);
      if (constants[i] != null) {
        appendLine(piece, line);
      } else {
        int colon = ByteScan.indexOf(line, 0, line.length, (byte) ':');
        piece.append(line, 0, colon + 1);
        slots[i] = found.size();
        found.add(piece.take());
        piece.append((byte) '\n');
      }
    }
    piece.append((byte) '\n');
    found.add(piece.take());
    return found.toArray(byte[][]::new);
  }

  private static void appendLine(Octets target, byte[] line) {
    target.append(line, 0, line.length);
    target.append((byte) '\n');
  }

  Command command() {
    return command;
  }

  byte[][] pieces() {
    return pieces;
  }

  String[] names() {
    return names;
  }

  @Nullable String[] constants() {
    return constants;
  }

  int[] slots() {
    return slots;
  }

  /**
   * Returns the content-length of a head of this layout.
   *
   * @param ranges by slot, where its value starts and ends
   */
  long contentLength(byte[] bytes, int start, int[] ranges) {
    if (constantLength != IN_SLOT) {
      return constantLength;
    }
    int slot = slots[lengthIndex];
    return plainNumber(bytes, start + ranges[2 * slot], start + ranges[2 * slot + 1]);
  }
}
