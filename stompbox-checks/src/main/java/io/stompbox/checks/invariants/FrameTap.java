package io.stompbox.checks.invariants;

import io.stompbox.protocol.codec.DecodedEvent;
import io.stompbox.protocol.codec.FrameDecoder;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.Version;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Reads the frames of one direction of a connection as their octets pass. What is no STOMP, or
 * larger than the default limits, is passed over with all that follows. Used by one thread.
 */
public final class FrameTap {
  private final FrameDecoder decoder = new FrameDecoder();
  private final Consumer<Frame> notes;

  /** The version of all frames but the first. May be set by another thread. */
  private volatile Version version;

  private boolean isLost;

  /**
   * Creates one for a new connection.
   *
   * @param version the version of all frames but the first
   * @param notes gets each frame
   */
  public FrameTap(Version version, Consumer<Frame> notes) {
    this.version = version;
    this.notes = notes;
  }

  /** Sets the version of frames that follow the first, for whoever learns it from CONNECTED. */
  void version(Version agreed) {
    version = agreed;
  }

  /** Takes note of octets that pass; they are not changed. */
  public void take(byte[] octets, int offset, int count) {
    if (isLost) {
      return;
    }
    try {
      decode(ByteBuffer.wrap(Arrays.copyOfRange(octets, offset, offset + count)));
    } catch (ProtocolException e) {
      // Whoever reads the octets in earnest will say so.
      isLost = true;
    }
  }

  private void decode(ByteBuffer input) {
    DecodedEvent event = decoder.decode(input);
    while (event != null) {
      if (event instanceof DecodedEvent.FrameDecoded decoded) {
        notes.accept(decoded.frame());
        decoder.version(version);
      }
      event = decoder.decode(input);
    }
  }
}
