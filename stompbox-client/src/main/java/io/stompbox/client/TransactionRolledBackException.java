package io.stompbox.client;

import io.stompbox.protocol.frame.StompException;

/**
 * The connection was lost before COMMIT was written, so the broker has undone the transaction, or
 * the program has aborted it. Running it again is safe.
 */
public final class TransactionRolledBackException extends StompException {
  private static final long serialVersionUID = 1L;

  /** Creates one with what ended the connection. */
  public TransactionRolledBackException(String message, Throwable cause) {
    super(message, cause);
  }
}
