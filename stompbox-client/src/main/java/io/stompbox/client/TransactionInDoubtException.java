package io.stompbox.client;

import io.stompbox.protocol.frame.StompException;

/**
 * COMMIT was written and its receipt did not come: the broker may have committed or not. Look at
 * the data before running the transaction again.
 */
public final class TransactionInDoubtException extends StompException {
  private static final long serialVersionUID = 1L;

  /** Creates one with what prevented the receipt. */
  public TransactionInDoubtException(String message, Throwable cause) {
    super(message, cause);
  }
}
