package io.stompbox.cli.message;

import io.stompbox.client.Delivery;
import io.stompbox.protocol.frame.StompException;
import java.time.Duration;

/**
 * Sends messages on, and acknowledges each at its source once the target has confirmed it. For one
 * thread at a time.
 */
sealed interface Forwarding permits ConfirmedForwards, TransactedForwards {
  /** Of a message that the target has and the source can't be told of. */
  String SENT_ON = "it was sent on, and comes again from the source";

  /**
   * Sends a message on, waiting while too many are on their way.
   *
   * @throws StompException if no more can be sent
   */
  void forward(Delivery message) throws InterruptedException;

  /** Nothing has come for a moment: goes on with what is on its way. */
  void idle() throws InterruptedException;

  /** Waits until nothing is on its way; false if that takes too long. */
  boolean drain(Duration limit) throws InterruptedException;
}
