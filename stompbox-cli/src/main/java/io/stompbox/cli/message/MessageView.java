package io.stompbox.cli.message;

import io.stompbox.cli.json.MessageJson;
import io.stompbox.protocol.codec.FrameEncoder;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Version;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** How a message becomes octets of standard output, line ends included. */
@FunctionalInterface
interface MessageView {
  byte[] octets(Received received);

  /** The body, octet for octet, and a line feed. */
  static MessageView bodies() {
    return received -> line(received.message().body().toBytes());
  }

  /** The body and a line feed, without octets that a terminal would take for commands. */
  static MessageView bodiesForTerminal() {
    return received -> line(shownBody(received).getBytes(StandardCharsets.UTF_8));
  }

  static String shownBody(Received received) {
    return ShownBody.of(received.message().body().toBytes(), received.message().text());
  }

  /** An object on a line, see {@link MessageJson}. */
  static MessageView json() {
    return received -> line(MessageJson.line(received.message(), received.at()));
  }

  /** The frame as it crosses the wire, and a line feed, which may stand between frames. */
  static MessageView raw(Version version) {
    FrameEncoder encoder = new FrameEncoder(version);
    return received -> line(encoded(encoder, received.message().original()));
  }

  private static byte[] encoded(FrameEncoder encoder, Frame frame) {
    ByteBuffer target = ByteBuffer.allocate(encoder.maxSize(frame));
    encoder.encode(frame, target);
    return Arrays.copyOf(target.array(), target.position());
  }

  private static byte[] line(byte[] octets) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(octets.length + 1);
    line.writeBytes(octets);
    line.write('\n');
    return line.toByteArray();
  }
}
