package io.stompbox.protocol.codec;

/**
 * What a {@link FrameEncoder} may do in more than one way.
 *
 * @param lineEnd what ends the lines it writes
 * @param contentLength whether it writes content-length by itself
 * @param connectText whether it escapes the headers of CONNECT
 */
public record EncoderOptions(
    LineEnd lineEnd, ContentLength contentLength, ConnectText connectText) {
  private static final EncoderOptions DEFAULTS =
      new EncoderOptions(LineEnd.LF, ContentLength.AUTOMATIC, ConnectText.RAW);

  /**
   * Lines end in LF, content-length is written for every body that is not empty, CONNECT is raw.
   */
  public static EncoderOptions defaults() {
    return DEFAULTS;
  }

  /** Returns options with another line end. */
  public EncoderOptions with(LineEnd other) {
    return new EncoderOptions(other, contentLength, connectText);
  }

  /** Returns options with another rule for content-length. */
  public EncoderOptions with(ContentLength other) {
    return new EncoderOptions(lineEnd, other, connectText);
  }

  /** Returns options with another form of the headers of CONNECT. */
  public EncoderOptions with(ConnectText other) {
    return new EncoderOptions(lineEnd, contentLength, other);
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

  /** How the headers of CONNECT and STOMP are written. */
  public enum ConnectText {
    /** As they are, as the specification says. */
    RAW,
    /**
     * With the escapes of STOMP 1.2. RabbitMQ undoes escapes in CONNECT, and closes the connection
     * without a word at a backslash that starts none, so a passcode with a backslash needs this.
     */
    ESCAPED
  }
}
