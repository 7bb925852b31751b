package io.stompbox.cli.connection;

import io.stompbox.cli.json.FrameJson;
import io.stompbox.cli.json.JsonLine;
import io.stompbox.cli.process.Printable;
import io.stompbox.protocol.frame.Frame;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A frame on its way.
 *
 * @param connection the number of the connection, which grows with each that is made
 * @param direction {@code sent} or {@code received}
 * @param frame null for a heart-beat
 */
record TracedFrame(Instant at, int connection, String direction, @Nullable Frame frame) {
  private static final int SHOWN_OCTETS = 200;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());
  private static final DateTimeFormatter INSTANT =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  /** A line for people, with the start of the body. */
  String text() {
    String shown = frame == null ? "heart-beat" : frame.inOneLine(SHOWN_OCTETS);
    String arrow = direction.equals("sent") ? ">" : "<";
    return "%s %d %s %s".formatted(TIME.format(at), connection, arrow, Printable.line(shown));
  }

  /** A line for programs, with all of the body. */
  String json() {
    byte[] line =
        JsonLine.of(
            json -> {
              json.writeStringProperty("at", INSTANT.format(at));
              json.writeNumberProperty("connection", connection);
              json.writeStringProperty("direction", direction);
              if (frame == null) {
                json.writeBooleanProperty("heartBeat", true);
              } else {
                FrameJson.write(json, frame);
              }
            });
    return new String(line, StandardCharsets.UTF_8);
  }
}
