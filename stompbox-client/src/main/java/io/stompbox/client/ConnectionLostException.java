package io.stompbox.client;

import io.stompbox.protocol.frame.StompException;

/**
 * The connection failed, was closed, or could not be made. {@link #sent()} says what that means for
 * the operation that fails with it.
 */
public final class ConnectionLostException extends StompException {
  private static final long serialVersionUID = 1L;

  private final Sent sent;

  /** Creates one without a deeper cause. */
  public ConnectionLostException(String message, Sent sent) {
    super(message);
    this.sent = sent;
  }

  /** Creates one with what the transport reported. */
  public ConnectionLostException(String message, Sent sent, Throwable cause) {
    super(message, cause);
    this.sent = sent;
  }

  /** What had become of the frame. */
  public Sent sent() {
    return sent;
  }

  /** How far a frame had come. */
  public enum Sent {
    /**
     * No octet of it was written, or not all of its body: the broker can't have it. Sending again
     * is safe.
     */
    NOT_SENT,
    /** Some of it or all was written: the broker may have handled it. */
    UNKNOWN
  }
}
