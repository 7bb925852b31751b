package io.stompbox.client;

import io.stompbox.protocol.frame.StompException;

/**
 * The broker ends every connection on which this message is sent, without naming it: it was sent
 * alone at last, and is not sent again. Look into the broker's log for the reason, such as a full
 * queue that refuses (RabbitMQ's {@code reject-publish}).
 */
public final class PoisonMessageException extends StompException {
  private static final long serialVersionUID = 1L;

  /** Creates one with what ended the last connection. */
  public PoisonMessageException(String message, Throwable cause) {
    super(message, cause);
  }
}
