package io.stompbox.protocol.codec;

import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.IllegalFrameException.Reason;
import java.nio.ByteBuffer;

/** A body that is being written in chunks: what it may still take. */
final class OpenBody {
  private final Command command;

  /** The announced length; -1 if none is. */
  private final long length;

  /** Whether a NUL would end the body: no length stands on the wire. */
  private final boolean endsAtNul;

  private long written;

  OpenBody(Command command, long length, boolean endsAtNul) {
    this.command = command;
    this.length = length;
    this.endsAtNul = endsAtNul;
  }

  /** Moves as many octets as both have room for. */
  void write(ByteBuffer octets, ByteBuffer target) {
    if (length >= 0 && octets.remaining() > length - written) {
      throw wrongLength("would have at least " + (written + octets.remaining()));
    }
    int count = Math.min(octets.remaining(), target.remaining());
    ByteBuffer part = octets.slice(octets.position(), count);
    if (endsAtNul) {
      refuseNul(part);
    }
    target.put(part);
    octets.position(octets.position() + count);
    written += count;
  }

  private void refuseNul(ByteBuffer part) {
    for (int i = 0; i < part.limit(); i++) {
      if (part.get(i) == 0) {
        throw new IllegalFrameException(
            Reason.NUL_NEEDS_CONTENT_LENGTH,
            "octet "
                + (written + i)
                + " of the body of "
                + command
                + " is a NUL, which a body without content-length can't have");
      }
    }
  }

  /** Refuses a body that is not whole. */
  void checkWhole() {
    if (length >= 0 && written < length) {
      throw wrongLength("have only " + written);
    }
  }

  private IllegalFrameException wrongLength(String chunks) {
    return new IllegalFrameException(
        Reason.BAD_CONTENT_LENGTH,
        "content-length of "
            + command
            + " is "
            + length
            + ", but the chunks "
            + chunks
            + " octets");
  }

  /** Returns the refusal of another frame before this one has ended. */
  IllegalStateException stillOpen() {
    return new IllegalStateException(
        "the body of " + command + " is not ended; call encodeEnd before the next frame");
  }
}
