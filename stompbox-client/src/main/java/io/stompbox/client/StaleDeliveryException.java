package io.stompbox.client;

import io.stompbox.protocol.frame.StompException;

/**
 * The connection that brought a message is gone, or its subscription was closed, so its
 * acknowledgement was not written. There is nothing to do: the broker gives the message out again.
 */
public final class StaleDeliveryException extends StompException {
  private static final long serialVersionUID = 1L;

  /** Creates one whose message names the message. */
  public StaleDeliveryException(String message) {
    super(message);
  }
}
