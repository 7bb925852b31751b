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
  STRICT
}
