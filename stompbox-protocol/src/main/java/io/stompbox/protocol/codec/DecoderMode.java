package io.stompbox.protocol.codec;

/** How a {@link FrameDecoder} takes what the grammar forbids and brokers send all the same. */
public enum DecoderMode {
  /**
   * Follows the specification where a fault would lose data, and tolerates what real brokers send:
   * colons that are not escaped, {@code \r} in STOMP 1.1, CR LF in 1.1, blanks around 1.0 values
   * and around content-length, NULs between frames, octets that are not UTF-8.
   */
  TOLERANT,
  /** Follows the grammar of the negotiated version to the letter. */
  STRICT,
  /**
   * As {@link #TOLERANT}, but a fault ends nothing: what is broken is skipped up to the next frame
   * and reported as {@link DecodedEvent.Skipped}. For captures, logs and peers that can't be
   * mended; what stands in garbage and looks like a frame is taken for one.
   *
   * <p>A frame starts with a line that is a command of the specifications and follows a line feed,
   * a NUL or the start of the input; other commands are garbage here. A frame with a fault in the
   * text of a header is skipped to its end; after any other fault the search starts in the line or
   * in the body that has it. So frames that a too large content-length swallowed are found once
   * that length has come or {@link FrameDecoder#finish} is called. Frames that a body without
   * content-length swallowed because its NUL is missing can't be told from the body.
   */
  RESYNCHRONISING
}
