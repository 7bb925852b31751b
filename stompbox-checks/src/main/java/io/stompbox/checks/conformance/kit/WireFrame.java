package io.stompbox.checks.conformance.kit;

import io.stompbox.protocol.frame.Body;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A frame as it stands on the wire, read with a few lines that know nothing of the codec.
 *
 * @param command the command line
 * @param lines the header lines, escapes and all
 */
public record WireFrame(String command, List<String> lines, Body body) {

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
        value(headers, "content-length")
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

  /** Returns the value of the first header of this name, still escaped. */
  public Optional<String> value(String name) {
    return value(lines, name);
  }

  private static Optional<String> value(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1))
        .findFirst();
  }

  /** Shows all there is of it. */
  @Override
  public String toString() {
    List<String> shown = lines.stream().map(Escaped::shown).toList();
    return command + " " + shown + " " + Escaped.shown(body);
  }
}
