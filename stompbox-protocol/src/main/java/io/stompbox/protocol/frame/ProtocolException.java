package io.stompbox.protocol.frame;

import java.util.OptionalLong;

/**
 * The peer broke the protocol. The connection can't go on: close it and report.
 *
 * <p>Frames that were complete before the fault have been delivered; nothing after it is decoded.
 */
public final class ProtocolException extends StompException {
  private static final long serialVersionUID = 1L;

  private final Fault fault;

  /** Of the body; negative if that is not what is wrong. */
  private final long octets;

  /** Creates one whose message says where, what was found and what is allowed. */
  public ProtocolException(Fault fault, String message) {
    this(fault, message, -1);
  }

  private ProtocolException(Fault fault, String message, long octets) {
    super(message);
    this.fault = fault;
    this.octets = octets;
  }

  /**
   * Creates one for a body that is longer than allowed.
   *
   * @param octets how long it is at least
   */
  public static ProtocolException longBody(String message, long octets) {
    return new ProtocolException(Fault.LIMIT_BODY, message, octets);
  }

  /** Returns the same fault with another message. */
  public ProtocolException withMessage(String message) {
    return new ProtocolException(fault, message, octets);
  }

  /** Which rule was broken. */
  public Fault fault() {
    return fault;
  }

  /**
   * How many octets a body has at least that is longer than allowed: what the peer announced, or
   * one more than is allowed. Empty for all other faults.
   */
  public OptionalLong octets() {
    return octets < 0 ? OptionalLong.empty() : OptionalLong.of(octets);
  }

  /** The rules that received bytes and frames can break. */
  public enum Fault {
    /** The command line is not a command, for example because it starts with a blank. */
    BAD_COMMAND,
    /** A carriage return stands where only a line end may stand. */
    BAD_EOL,
    /** A header line has no colon. */
    MALFORMED_HEADER,
    /** A header line starts with its colon. */
    EMPTY_HEADER_NAME,
    /** A header has no value, which STOMP 1.0 does not allow (strict decoding only). */
    EMPTY_HEADER_VALUE,
    /** A carriage return stands inside a STOMP 1.2 header line. */
    BARE_CR,
    /** A header value has a colon that is not escaped (strict decoding only). */
    RAW_COLON,
    /** A backslash is followed by a character that the version does not define. */
    UNDEFINED_ESCAPE,
    /** A header line is not UTF-8 (strict decoding only; replaced by U+FFFD otherwise). */
    BAD_UTF8,
    /** The value of content-length is not a plain number. */
    BAD_CONTENT_LENGTH,
    /** The octet after a counted body is not NUL. */
    MISSING_NUL,
    /** The input ended inside a frame. */
    INCOMPLETE_FRAME,
    /** A frame that may not have a body has one. */
    BODY_NOT_ALLOWED,
    /** A frame has more headers than {@code DecoderLimits} allow. */
    LIMIT_HEADERS,
    /** A line is longer than {@code DecoderLimits} allow. */
    LIMIT_LINE,
    /** A body is longer than {@code DecoderLimits} allow. */
    LIMIT_BODY,
    /** A frame lacks a header that the specification requires of its command. */
    MISSING_HEADER,
    /** A frame came at a moment when its command is not allowed. */
    UNEXPECTED_FRAME,
    /** CONNECTED names a version that was not offered. */
    VERSION_MISMATCH,
    /** A heart-beat header is not two plain numbers and a comma. */
    BAD_HEART_BEAT;

    /** Whether something is larger than {@code DecoderLimits} allow. */
    public boolean isLimit() {
      return this == LIMIT_HEADERS || this == LIMIT_LINE || this == LIMIT_BODY;
    }
  }
}
