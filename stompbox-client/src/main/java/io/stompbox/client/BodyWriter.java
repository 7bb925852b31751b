package io.stompbox.client;

import io.stompbox.protocol.codec.FrameEncoder;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.Version;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Writes frames whose bodies come from a {@link BodySource}, one at a time, and holds a piece of
 * them only. Used by the writer of a link; another thread may abort it.
 */
final class BodyWriter {
  private final Version version;
  private final Output output;
  private final SourceReading reading = new SourceReading();

  /** Whether octets of the last frame were given to the output. Touched by the writer. */
  private boolean isBegun;

  /** Where octets go. */
  interface Output {
    /** Writes the first {@code length} octets. */
    void write(byte[] octets, int length) throws IOException;
  }

  BodyWriter(Version version, Output output) {
    this.version = version;
    this.output = output;
  }

  /** Whether octets of the last frame may have been written. */
  boolean isBegun() {
    return isBegun;
  }

  /**
   * Writes a frame that has a source.
   *
   * @param begins gets the head before its first octet is written
   * @throws BodyFailure if the source did not give the body; if the frame {@link #isBegun}, nothing
   *     can end it any more
   * @throws IllegalFrameException if this broker or version can't take it; nothing was written
   */
  void write(Outbound outbound, FrameLimits limits, Consumer<Frame> begins)
      throws IOException, BodyFailure {
    Frame head = outbound.attempt();
    BodySource source = outbound.source();
    isBegun = false;
    if (head == null || source == null) {
      throw new IllegalArgumentException("there is no source of a body");
    }
    limits.check(head);
    try (BodyInput body = new BodyInput(source, reading)) {
      write(head, body, begins);
    }
  }

  @SuppressWarnings("ByteBufferBackingArray") // made by allocate
  private void write(Frame head, BodyInput body, Consumer<Frame> begins)
      throws IOException, BodyFailure {
    int count = body.next();
    FrameEncoder encoder = new FrameEncoder(version);
    ByteBuffer buffer = ByteBuffer.allocate(encoder.maxSize(head) + body.piece().length);
    encoder.encodeHead(head, buffer);
    isBegun = true;
    begins.accept(head);
    while (count >= 0) {
      encoder.encodeChunk(ByteBuffer.wrap(body.piece(), 0, count), buffer);
      output.write(buffer.array(), buffer.position());
      buffer.clear();
      count = body.next();
    }
    encoder.encodeEnd(buffer);
    output.write(buffer.array(), buffer.position());
  }

  /** Reads no more of any body, as the connection has ended; never waits. */
  void abort() {
    reading.abort();
  }
}
