package io.stompbox.protocol.codec;

import io.stompbox.protocol.frame.Frame;

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
}
