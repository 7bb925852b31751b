package io.stompbox.checks.interop;

import io.stompbox.protocol.codec.DecodedEvent;
import io.stompbox.protocol.codec.FrameDecoder;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Version;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/** Reads the frames of one direction of a connection as their octets pass. Used by one thread. */
public final class FrameTap {
  private final FrameDecoder decoder = new FrameDecoder();
  private final Version version;
  private final Consumer<Frame> notes;

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

  /** Takes note of octets that pass; they are not changed. */
  public void take(byte[] octets, int offset, int count) {
    ByteBuffer input = ByteBuffer.wrap(Arrays.copyOfRange(octets, offset, offset + count));
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
