package io.stompbox.cli.frames;

import io.stompbox.cli.json.FrameEntry;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Header;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** A frame for people to read: as on the wire, but without anything a terminal would obey. */
final class FrameText {
  private static final int OCTETS_IN_A_LINE = 16;
  private static final String NUL = "^@";

  private FrameText() {}

  /** Returns lines, the last without its line end; the first says where it starts. */
  static String of(FrameEntry entry) {
    long offset = entry.offset().orElse(0);
    if (entry instanceof FrameEntry.Whole whole) {
      return "--- offset " + offset + "\n" + of(whole.frame());
    }
    return entry instanceof FrameEntry.Faulty faulty
        ? "--- offset %d: %d octets are no frame: %s"
            .formatted(offset, faulty.octets(), faulty.reason())
        : "--- offset " + offset + ": heart-beat";
  }

  /** Returns a frame in lines, the last without its line end. */
  static String of(Frame frame) {
    StringBuilder text = new StringBuilder(frame.command().name()).append('\n');
    for (Header header : frame.headers()) {
      escape(header.name(), text);
      text.append(':');
      escape(header.value(), text);
      text.append('\n');
    }
    return text.append('\n').append(body(frame.body())).append(NUL).toString();
  }

  private static void escape(String name, StringBuilder target) {
    name.chars()
        .forEach(
            c -> {
              switch (c) {
                case '\n' -> target.append("\\n");
                case '\r' -> target.append("\\r");
                case '\\' -> target.append("\\\\");
                default -> {
                  if (Character.isISOControl(c)) {
                    target.append(String.format("\\u%04x", c));
                  } else {
                    target.append((char) c);
                  }
                }
              }
            });
  }

  private static String body(Body body) {
    byte[] octets = body.toBytes();
    String text = body.text();
    boolean isText =
        Arrays.equals(octets, text.getBytes(StandardCharsets.UTF_8))
            && text.chars().allMatch(c -> !Character.isISOControl(c) || "\t\n\r".indexOf(c) >= 0);
    return isText ? text : dump(octets);
  }

  private static String dump(byte[] octets) {
    StringBuilder lines = new StringBuilder();
    for (int from = 0; from < octets.length; from += OCTETS_IN_A_LINE) {
      int to = Math.min(from + OCTETS_IN_A_LINE, octets.length);
      lines
          .append(String.format("%08x: ", from))
          .append(HexFormat.ofDelimiter(" ").formatHex(octets, from, to))
          .append('\n');
    }
    return lines.toString();
  }
}
