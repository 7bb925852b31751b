package io.stompbox.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Standard output, flushed after each entry. Throws {@link Failure} when nobody reads it. */
final class Output {
  private final OutputStream stream;

  Output(OutputStream stream) {
    this.stream = stream;
  }

  void line(String text) {
    line(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes the octets as they are and a line feed. */
  void line(byte[] octets) {
    try {
      stream.write(octets);
      stream.write('\n');
      stream.flush();
    } catch (IOException e) {
      throw Failure.ofOutput(e);
    }
  }
}
