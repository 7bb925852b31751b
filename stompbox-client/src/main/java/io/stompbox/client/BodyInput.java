package io.stompbox.client;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads a {@link BodySource} piece by piece, and holds it to its length. For one thread. */
final class BodyInput implements AutoCloseable {
  private static final int PIECE = 64 * 1024;

  /** How often in a row a stream may return without an octet, which it should never do. */
  private static final int MOST_EMPTY_READS = 1000;

  private final BodySource source;
  private final byte[] piece = new byte[PIECE];
  private final SourceReading reading;

  /** Null before the first piece. */
  private @Nullable InputStream stream;

  /** Octets that were read. */
  private long done;

  BodyInput(BodySource source, SourceReading reading) {
    this.source = source;
    this.reading = reading;
  }

  /** The octets that were read last. */
  byte[] piece() {
    return piece;
  }

  /**
   * Reads the next octets into {@link #piece}; returns how many, or -1 at the end.
   *
   * @throws BodyFailure if the source throws, or has fewer octets than it said or more
   */
  int next() throws BodyFailure {
    int count;
    reading.enter();
    try {
      InputStream open = stream == null ? source.opening().open() : stream;
      stream = open;
      count = read(open);
    } catch (IOException | RuntimeException | Error e) {
      throw new BodyFailure("failed after " + done + " of " + source + ": " + e, e);
    } finally {
      reading.leave();
    }
    done += Math.max(0, count);
    if (done > source.length() || (count < 0 && done < source.length())) {
      throw new BodyFailure(
          "has " + (count < 0 ? done + " octets" : "more") + " instead of " + source);
    }
    return count;
  }

  /**
   * A stream that gives nothing for ever would hold up the connection, and never be called back.
   */
  private int read(InputStream open) throws IOException {
    int count = 0;
    for (int i = 0; i < MOST_EMPTY_READS && count == 0; i++) {
      count = open.read(piece);
    }
    if (count == 0) {
      throw new IOException(
          "the stream has returned 0 octets "
              + MOST_EMPTY_READS
              + " times in a row; it must wait until there is one, or return -1 at its end");
    }
    if (count > piece.length) {
      throw new IOException("the stream says it has read " + count + " of " + piece.length);
    }
    return count;
  }

  /** Closes the stream; what it throws then is logged. */
  @Override
  public void close() {
    InputStream open = stream;
    if (open == null) {
      return;
    }
    reading.enterToClose();
    try {
      open.close();
    } catch (IOException | RuntimeException | Error e) {
      // All of it was read: ending the connection would have the message go out again and again.
      Observation.log("closing a body that was sent failed", e);
    } finally {
      reading.leave();
    }
  }
}
