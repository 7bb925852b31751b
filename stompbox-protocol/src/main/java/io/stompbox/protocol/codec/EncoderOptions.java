package io.stompbox.protocol.codec;

/**
 * What a {@link FrameEncoder} may do in more than one way.
 *
 * @param lineEnd what ends the lines it writes
 * @param contentLength whether it writes content-length by itself
 */
public record EncoderOptions(LineEnd lineEnd, ContentLength contentLength) {
  private static final EncoderOptions DEFAULTS =
      new EncoderOptions(LineEnd.LF, ContentLength.AUTOMATIC);

  /** Lines end in LF, and content-length is written for every body that is not empty. */
  public static EncoderOptions defaults() {
    return DEFAULTS;
  }

  /** Returns options with another line end. */
  public EncoderOptions with(LineEnd other) {
    return new EncoderOptions(other, contentLength);
  }

  /** Returns options with another rule for content-length. */
  public EncoderOptions with(ContentLength other) {
    return new EncoderOptions(lineEnd, other);
  }

  /** What ends a line. */
  public enum LineEnd {
    /** A line feed, in every version. */
    LF,
    /** A carriage return and a line feed; only STOMP 1.2 has it. */
    CRLF
  }

  /** Whether content-length is written. */
  public enum ContentLength {
    /** For every body that is not empty. */
    AUTOMATIC,
    /**
     * Never, so that ActiveMQ Classic and Artemis take the body for text. Bodies with a NUL are
     * refused then.
     */
    OMITTED
  }
}
