package io.stompbox.client;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.session.Commands;

/** What the broker is told of a message. */
enum Verdict {
  /** It was processed: ACK. */
  PROCESSED(Settlement.ACKNOWLEDGED, Settlement.ACKNOWLEDGED_IN_TRANSACTION) {
    @Override
    Frame frame(Commands commands, Frame message) {
      return commands.ack(message);
    }
  },
  /** It was not: NACK. */
  REFUSED(Settlement.REFUSED, Settlement.REFUSED_IN_TRANSACTION) {
    @Override
    Frame frame(Commands commands, Frame message) {
      return commands.nack(message);
    }
  };

  private final Settlement settlement;
  private final Settlement inTransaction;

  Verdict(Settlement settlement, Settlement inTransaction) {
    this.settlement = settlement;
    this.inTransaction = inTransaction;
  }

  /** What the message is once that was said. */
  Settlement settlement() {
    return settlement;
  }

  /** What the message is once that was said in a transaction. */
  Settlement inTransaction() {
    return inTransaction;
  }

  /**
   * Returns the frame that says so.
   *
   * @throws IllegalArgumentException if the version has none, or the message lacks what it needs
   */
  abstract Frame frame(Commands commands, Frame message);
}
