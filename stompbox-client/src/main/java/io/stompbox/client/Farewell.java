package io.stompbox.client;

import org.jspecify.annotations.Nullable;

/** How DISCONNECT is sent when a connection is closed by the program. */
public sealed interface Farewell {
  /**
   * With a receipt, which is awaited: it says that the broker has handled everything before.
   *
   * @param receipt its id; null makes one
   */
  record Confirmed(@Nullable String receipt) implements Farewell {
    /** Refuses an empty id. */
    public Confirmed {
      if (receipt != null && receipt.isEmpty()) {
        throw new IllegalArgumentException("the receipt of DISCONNECT is empty; null makes one");
      }
    }
  }

  /** Without a receipt: the connection ends once DISCONNECT is written. */
  record Unconfirmed() implements Farewell {}

  /** With a receipt that the client makes. */
  static Farewell standard() {
    return new Confirmed(null);
  }
}
