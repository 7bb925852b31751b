package io.stompbox.cli.shell;

import io.stompbox.client.AckResult;
import io.stompbox.client.Delivery;
import io.stompbox.client.Transaction;

/** What the broker is told of a message. */
enum Verdict {
  ACK,
  NACK;

  AckResult settle(Delivery message) {
    return this == ACK ? message.ack() : message.nack();
  }

  void settle(Delivery message, Transaction transaction) {
    if (this == ACK) {
      transaction.ack(message);
    } else {
      transaction.nack(message);
    }
  }

  /** Returns what became of it, as it is told. */
  String told(String id, AckResult result) {
    return switch (result) {
      case SENT, DEFERRED, COVERED -> this + " of " + id + " sent";
      case STALE ->
          this
              + " of "
              + id
              + " is STALE: the connection that brought the message is gone, so it comes again";
      case NOT_NEEDED -> this + " of " + id + " is not needed: the broker does it by itself";
    };
  }
}
