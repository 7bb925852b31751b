package io.stompbox.client.transport;

import java.io.IOException;
import java.net.SocketTimeoutException;

/**
 * A connection was made, and what is at its other end does not speak what the address says. {@link
 * #sign()} tells how that shows.
 */
public final class UnexpectedPeerException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Sign sign;

  /** Creates one with what the peer did. */
  public UnexpectedPeerException(Sign sign, String message, Throwable cause) {
    super(message, cause);
    this.sign = sign;
  }

  /** Creates one without a deeper cause. */
  public UnexpectedPeerException(Sign sign, String message) {
    super(message);
    this.sign = sign;
  }

  /** Returns a time-out like the given one, for which this is the cause. */
  static SocketTimeoutException silent(Sign sign, SocketTimeoutException limit) {
    SocketTimeoutException late = new SocketTimeoutException(limit.getMessage());
    late.initCause(new UnexpectedPeerException(sign, "the peer takes connections and is silent"));
    late.addSuppressed(limit);
    return late;
  }

  /** How it shows. */
  public Sign sign() {
    return sign;
  }

  /** What a peer did that speaks something else. */
  public enum Sign {
    /** It answered the beginning of TLS with something else. */
    NO_TLS,
    /** It did not answer the beginning of TLS in time. */
    SILENT_TO_TLS,
    /** It answered the request for a WebSocket with something else than HTTP, or hung up. */
    NO_HTTP,
    /** It did not answer the request for a WebSocket in time. */
    SILENT_TO_HTTP,
    /** It answered the request for a WebSocket with an HTTP status that refuses one. */
    NO_WEBSOCKET
  }
}
