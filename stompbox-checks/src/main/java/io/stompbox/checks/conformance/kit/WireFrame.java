package io.stompbox.checks.conformance.kit;

import io.stompbox.protocol.frame.Body;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A frame as it stands on the wire, escapes included, read with a few lines that know nothing of
 * the codec.
 *
 * @param headerLines in their order, decoded as UTF-8
 */
public record WireFrame(String command, List<String> headerLines, Body body) {

  /** A frame and where in the octets it ends. */
  public record Read(WireFrame frame, int end) {}

  /**
   * Reads the frame that starts at {@code start}. Lines end in LF.
   *
   * @return empty if its end has not come
   */
  public static Optional<Read> read(byte[] octets, int start) {
    List<String> lines = new ArrayList<>();
    int at = start;
    while (true) {
      int end = indexOf(octets, at, '\n');
      if (end < 0) {
        return Optional.empty();
      }
      if (end == at) {
        return lines.isEmpty() ? Optional.empty() : body(octets, end + 1, lines);
      }
      lines.add(new String(octets, at, end - at, StandardCharsets.UTF_8));
      at = end + 1;
    }
  }

  private static Optional<Read> body(byte[] octets, int start, List<String> lines) {
    List<String> headers = List.copyOf(lines.subList(1, lines.size()));
    int end =
        values(headers, "content-length")
            .findFirst()
            .map(length -> start + Integer.parseInt(length))
            .orElse(indexOf(octets, start, 0));
    if (end < 0 || end >= octets.length) {
      return Optional.empty();
    }
    if (octets[end] != 0) {
      throw new IllegalArgumentException("no NUL stands at the end of the frame: " + lines);
    }
    Body body = Body.of(Arrays.copyOfRange(octets, start, end));
    return Optional.of(new Read(new WireFrame(lines.get(0), headers, body), end + 1));
  }

  private static int indexOf(byte[] octets, int start, int octet) {
    for (int i = start; i < octets.length; i++) {
      if (octets[i] == octet) {
        return i;
      }
    }
    return -1;
  }

  /** Returns the values of the lines that start with this name, in order. */
  public List<String> values(String name) {
    return values(headerLines, name).toList();
  }

  /** Returns the value in force. */
  public Optional<String> value(String name) {
    return values(headerLines, name).findFirst();
  }

  private static Stream<String> values(List<String> headerLines, String name) {
    return headerLines.stream()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1));
  }

  @Override
  public String toString() {
    return command + " " + headerLines + " " + Escaped.shown(body);
  }
}
