package io.stompbox.cli.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Standard output, flushed after each entry. Throws {@link Failure} when nobody reads it. */
public final class Output {
  private final OutputStream stream;

  public Output(OutputStream stream) {
    this.stream = stream;
  }

  public void line(String text) {
    line(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes the octets as they are and a line feed. */
  public void line(byte[] octets) {
    try {
      stream.write(octets);
      stream.write('\n');
      stream.flush();
    } catch (IOException e) {
      throw Failure.ofOutput(e);
    }
  }

  /** Writes the octets as they are. */
  public void octets(byte[] octets) {
    try {
      stream.write(octets);
      stream.flush();
    } catch (IOException e) {
      throw Failure.ofOutput(e);
    }
  }
}
