package io.stompbox.cli.inspect;

import io.stompbox.protocol.frame.StompException;

/** One question to a broker. */
@FunctionalInterface
interface Check {
  /**
   * Finds the answer. What it leaves in queues of the broker's is drained later.
   *
   * @throws StompException if the conversation failed in a way the check has no name for
   */
  Finding run(ProbedBroker broker) throws InterruptedException;

  /** Returns it for brokers that send receipts, so that the others are not waited for each time. */
  default Check withReceipts() {
    return broker ->
        broker.lacksReceipts()
            ? Finding.skip("needs receipts, and no receipt came to an earlier check")
            : run(broker);
  }
}
