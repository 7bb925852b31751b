package io.stompbox.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A body that is read while it is sent, so that it may be larger than the memory. It is opened anew
 * for each attempt, so it must give the same octets each time, for as long as the message may be
 * sent again.
 *
 * <p>It is read by the thread that writes the connection. Nothing else goes out meanwhile, no
 * heart-beat either, but each piece that is read counts as one: what gives no octet for longer than
 * the agreed heart-beats costs the connection. The thread is interrupted if the connection ends.
 *
 * @param length in octets, exactly; 0 is an empty body; sent as content-length
 * @param opening opens it at its first octet; the client closes the stream
 */
public record BodySource(long length, Opening opening) {
  /** Opens a body at its first octet. */
  @FunctionalInterface
  public interface Opening {
    /**
     * Returns a stream that nobody else reads or closes. One that goes on to return without an
     * octet and without its end has failed.
     */
    InputStream open() throws IOException;
  }

  /** Refuses a negative length. */
  public BodySource {
    Objects.requireNonNull(opening, "opening");
    if (length < 0) {
      throw new IllegalArgumentException("the length of a body must not be negative: " + length);
    }
  }

  /**
   * Returns the octets of a file, which must stay as it is until the message is sent. A file that
   * has another size when it is opened is not sent.
   *
   * @throws IOException if the file can't be found
   */
  public static BodySource of(Path file) throws IOException {
    long length = Files.size(file);
    return new BodySource(length, () -> open(file, length));
  }

  private static InputStream open(Path file, long length) throws IOException {
    long size = Files.size(file);
    if (size != length) {
      throw new IOException(
          file + " has " + size + " octets, but had " + length + " when the message was made");
    }
    return Files.newInputStream(file);
  }

  /** Shows the length, never the content. */
  @Override
  public String toString() {
    return length == 1 ? "1 octet" : length + " octets";
  }
}
