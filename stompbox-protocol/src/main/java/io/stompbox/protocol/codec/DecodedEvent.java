package io.stompbox.protocol.codec;

import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.ProtocolException;
import java.util.OptionalLong;

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
   * The start of a frame whose body is so large that it is streamed ({@link BodyStreaming}). Its
   * {@link BodyChunk}s follow and then {@link BodyEnded}, with nothing between them. If there is a
   * {@link Skipped} instead of the end, or decoding fails, what came of the body is worth nothing.
   *
   * @param head the frame without its body
   * @param length the announced length; empty if the body ends at the first NUL
   */
  record BodyStarted(Frame head, OptionalLong length) implements DecodedEvent {}

  /**
   * A part of a streamed body. How it is cut depends on how the input was.
   *
   * @param octets at least one. Copied once from the input, so they may be kept
   */
  record BodyChunk(Body octets) implements DecodedEvent {}

  /**
   * The end of the frame of a streamed body.
   *
   * @param octets those of the whole body
   */
  record BodyEnded(long octets) implements DecodedEvent {}

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
