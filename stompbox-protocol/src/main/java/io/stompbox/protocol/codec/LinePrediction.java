package io.stompbox.protocol.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What stood on one header line of the frame before. Brokers send the same layout again and again,
 * so most lines of the next frame are either equal to the remembered octets, which is one vector
 * comparison and no new String, or have at least the same name.
 */
final class LinePrediction {
  /** A line that differed this often in a row is not worth copying again; its name still is. */
  private static final int WORTH_LEARNING = 4;

  /** Longer lines are not remembered either, so that a peer can't make us hold many of them. */
  private static final int LONGEST = 512;

  private static final byte[] NO_LINE = {};

  private final String name;
  private final byte[] nameAndColon;
  private byte[] line = NO_LINE;

  /** The decoded value of {@link #line}; null if there is no line to compare with. */
  private @Nullable String value;

  /** How often another line came since the last equal one; the first to be learned is none. */
  private int misses = -1;

  LinePrediction(String name, byte[] source, int from, int valueFrom) {
    this.name = name;
    this.nameAndColon = Arrays.copyOfRange(source, from, valueFrom);
  }

  String name() {
    return name;
  }

  /** The octets of the line without its LF. */
  int length() {
    return line.length;
  }

  /** Returns the shared value if the line that starts at {@code from} is this very line and LF. */
  @Nullable String valueIfEqual(byte[] bytes, int from, int limit) {
    int end = from + line.length;
    if (value == null
        || end >= limit
        || bytes[end] != '\n'
        || !Arrays.equals(bytes, from, end, line, 0, line.length)) {
      return null;
    }
    misses = 0;
    return value;
  }

  /** Whether the line from {@code from} to {@code to} has this name. */
  boolean hasName(byte[] bytes, int from, int to) {
    int end = from + nameAndColon.length;
    return end <= to && Arrays.equals(bytes, from, end, nameAndColon, 0, nameAndColon.length);
  }

  /** The octets of the name as it stands on the wire, and of its colon. */
  int nameLength() {
    return nameAndColon.length;
  }

  /** Whether the next line with this name is worth remembering. */
  boolean learns() {
    return misses < WORTH_LEARNING;
  }

  /** Remembers a line and its value, if that is worth it. */
  void learn(String decoded, byte[] source, int from, int to) {
    if (++misses < WORTH_LEARNING && to - from <= LONGEST) {
      line = Arrays.copyOfRange(source, from, to);
      value = decoded;
    } else {
      misses = WORTH_LEARNING;
      line = NO_LINE;
      value = null;
    }
  }

  /** Returns the name for messages, which must not hold values: those may be secret. */
  String quoted() {
    return " ('" + name + "')";
  }
}
