package io.stompbox.protocol.frame;

/**
 * A frame that was to be sent cannot be written in the version that was negotiated, so nothing of
 * it was. The caller has to change the frame.
 */
public final class IllegalFrameException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Creates one whose message names the value and the rule. */
  public IllegalFrameException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Which rule forbids the frame. */
  public Reason reason() {
    return reason;
  }

  /** The rules that a frame to be sent can break. */
  public enum Reason {
    /** A header holds a character that this frame cannot carry in this version. */
    UNENCODABLE,
    /** A header name is empty. */
    EMPTY_HEADER_NAME,
    /** The broker takes no frame that large, as far as is known of its kind. */
    TOO_LARGE_FOR_BROKER,
    /** content-length was set and differs from the length of the body. */
    BAD_CONTENT_LENGTH,
    /** The body has a NUL, so content-length must not be left out. */
    NUL_NEEDS_CONTENT_LENGTH,
    /** Lines end in CR LF only from STOMP 1.2 on. */
    CRLF_NEEDS_1_2,
    /** The command does not allow a body. */
    BODY_NOT_ALLOWED,
    /** A header that the specification requires is not there. */
    MISSING_HEADER,
    /** The command does not exist in this version. */
    COMMAND_NOT_IN_VERSION,
    /** A subscription or transaction of this id is there already. */
    DUPLICATE_ID,
    /** A receipt of this id is awaited already. */
    DUPLICATE_RECEIPT,
    /** There is no such subscription. */
    UNKNOWN_SUBSCRIPTION,
    /** There is no such transaction. */
    UNKNOWN_TRANSACTION,
    /** The message was acknowledged or refused before. */
    ALREADY_ACKNOWLEDGED,
    /** The message came on a connection that is gone. */
    STALE_MESSAGE,
    /** A message that the broker acknowledges by itself can't be refused. */
    NACK_ON_AUTO,
    /** The ack mode of a subscription is none that this version has. */
    BAD_ACK_MODE,
    /** CONNECT can't ask for a receipt. */
    RECEIPT_ON_CONNECT,
    /** A header that is set by a parameter of the call is among the free headers as well. */
    RESERVED_HEADER,
    /** CONNECT offers no version that it could offer. */
    NO_VERSION
  }
}
