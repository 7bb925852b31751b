package io.stompbox.client;

import io.stompbox.protocol.frame.StompException;

/**
 * The client has ended a subscription as its options say: its queue was full, its handler failed,
 * it was browsing when the connection was lost, or the next broker can't do what it asks for.
 * Subscribe again once the cause is gone; what was not acknowledged comes again.
 */
public final class SubscriptionStoppedException extends StompException {
  private static final long serialVersionUID = 1L;

  /** Creates one for a queue that was full. */
  public SubscriptionStoppedException(String message) {
    super(message);
  }

  /** Creates one with what the handler threw, or what ended the connection. */
  public SubscriptionStoppedException(String message, Throwable cause) {
    super(message, cause);
  }
}
