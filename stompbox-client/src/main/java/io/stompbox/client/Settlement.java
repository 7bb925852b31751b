package io.stompbox.client;

/** How a message was settled. */
enum Settlement {
  /** It was acknowledged. */
  ACKNOWLEDGED,
  /** It was refused. */
  REFUSED,
  /** It was acknowledged in a transaction, which may still be undone. */
  ACKNOWLEDGED_IN_TRANSACTION,
  /** It was refused in a transaction, which may still be undone. */
  REFUSED_IN_TRANSACTION;

  /** Whether it may still be undone. */
  boolean isOpen() {
    return this == ACKNOWLEDGED_IN_TRANSACTION || this == REFUSED_IN_TRANSACTION;
  }
}
