package io.stompbox.protocol.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What stood on one header line of the frame before. Brokers send the same layout again and again,
 * so most lines of the next frame are either equal to the remembered octets, which is one vector
 * comparison and no new String, or have at least the same name.
 */
final class LinePrediction {
  /** A line that differed this often is not worth copying again; its name still is worth it. */
  private static final int WORTH_LEARNING = 4;

  private final String name;
  private final byte[] nameAndColon;
  private byte[] line;

  /** The decoded value of {@link #line}; null when lines are no longer compared as a whole. */
  private @Nullable String value;

  private int misses;

  LinePrediction(String name, String value, byte[] source, int from, int valueFrom, int to) {
    this.name = name;
    this.value = value;
    this.nameAndColon = Arrays.copyOfRange(source, from, valueFrom);
    this.line = Arrays.copyOfRange(source, from, to);
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
    return value != null
            && end < limit
            && bytes[end] == '\n'
            && Arrays.equals(bytes, from, end, line, 0, line.length)
        ? value
        : null;
  }

  /** Returns where the value starts if the line from {@code from} to {@code to} has this name. */
  int valueStart(byte[] bytes, int from, int to) {
    int end = from + nameAndColon.length;
    return end <= to && Arrays.equals(bytes, from, end, nameAndColon, 0, nameAndColon.length)
        ? end
        : -1;
  }

  /** Whether a line with another value should replace this one. */
  boolean learns() {
    return value != null;
  }

  void learn(String decoded, byte[] source, int from, int to) {
    if (++misses < WORTH_LEARNING) {
      line = Arrays.copyOfRange(source, from, to);
      value = decoded;
    } else {
      value = null;
    }
  }
}
