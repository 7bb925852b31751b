package io.stompbox.protocol.codec;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.ProtocolException;

/** What a {@link FrameDecoder} found in the bytes. */
public sealed interface DecodedEvent {
  /** A whole frame. */
  record FrameDecoded(Frame frame) implements DecodedEvent {}

  /**
   * An end of line between frames: a heart-beat, or the line end that many brokers send after a
   * frame. The two can't be told apart, and both are a sign of life.
   */
  record HeartBeat() implements DecodedEvent {
    static final HeartBeat INSTANCE = new HeartBeat();
  }

  /**
   * Octets that are not frames, or a frame with a fault ({@link DecoderMode#RESYNCHRONISING} only).
   *
   * @param offset where they start, counted from the start of the input or the last reset
   * @param octets how many they are, at least 1
   * @param fault which rule they break; the first if there are several
   * @param reason what was found and what is allowed; holds no header values
   */
  record Skipped(long offset, long octets, ProtocolException.Fault fault, String reason)
      implements DecodedEvent {}
}
