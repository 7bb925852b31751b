package io.stompbox.client;

import io.stompbox.protocol.codec.EncoderOptions;
import io.stompbox.protocol.codec.EncoderOptions.ContentLength;
import io.stompbox.protocol.codec.FrameEncoder;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.IllegalFrameException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection's writer puts frames together. It grows for a frame that has no room, makes no
 * garbage for one that has, and gives back what only a large frame needed. Touched by the writer
 * only.
 */
final class WriteBuffer {
  /** Room at the start, in octets: a connection that sends little holds little. */
  private static final int FIRST = 512;

  private final FrameEncoder encoder;

  /** Leaves content-length out; null until a frame wants that. */
  private @Nullable FrameEncoder lengthless;

  /** The largest capacity that is kept, in octets. */
  private final int kept;

  private ByteBuffer buffer = ByteBuffer.allocate(FIRST);

  WriteBuffer(FrameEncoder encoder, int kept) {
    this.encoder = encoder;
    this.kept = kept;
  }

  /**
   * Adds a frame after those that are here.
   *
   * @throws IllegalFrameException if the version can't carry it; it is left out
   */
  void add(Frame frame) {
    add(frame, ContentLength.AUTOMATIC);
  }

  /** As {@link #add(Frame)}, with content-length or without. */
  void add(Frame frame, ContentLength length) {
    add(frame, length == ContentLength.AUTOMATIC ? encoder : lengthless());
  }

  private FrameEncoder lengthless() {
    FrameEncoder known = lengthless;
    if (known == null) {
      known =
          new FrameEncoder(
              encoder.version(), EncoderOptions.defaults().with(ContentLength.OMITTED));
      lengthless = known;
    }
    return known;
  }

  private void add(Frame frame, FrameEncoder by) {
    // Computing the largest size takes about as long as writing the frame, so only few are asked.
    if (buffer.remaining() >= frame.body().size()) {
      try {
        by.encode(frame, buffer);
        return;
      } catch (BufferOverflowException tooSmall) {
        // The encoder has left the buffer as it was.
      }
    }
    grow(by.maxSize(frame));
    by.encode(frame, buffer);
  }

  private void grow(int more) {
    int capacity = Math.max(Math.addExact(buffer.position(), more), 2 * buffer.capacity());
    buffer = ByteBuffer.allocate(capacity).put(buffer.flip());
  }

  /** The octets of all frames, from 0 to {@link #size()}; valid until the next {@link #add}. */
  @SuppressWarnings("ByteBufferBackingArray") // made by allocate
  byte[] octets() {
    return buffer.array();
  }

  int size() {
    return buffer.position();
  }

  /** Takes all frames out. */
  void clear() {
    if (buffer.capacity() > kept) {
      buffer = ByteBuffer.allocate(FIRST);
    }
    buffer.clear();
  }
}
