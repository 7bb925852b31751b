package io.stompbox.cli.message;

import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.protocol.frame.StompException;
import java.time.Duration;

/** How messages are sent, and what is known of them. For one thread at a time. */
sealed interface SendWay permits SendWay.Plain, ConfirmedSends, TransactedSends {
  /** Sends a message, or takes it for the next transaction. */
  void send(Outgoing message) throws InterruptedException;

  /**
   * Waits until all that can be known is known.
   *
   * @throws StompException if something went wrong with one of them
   */
  void finish() throws InterruptedException;

  /** Counts those of which no more will be known. */
  void giveUp();

  /** Whether the broker says which messages it has. */
  boolean isConfirming();

  /** Nobody tells whether messages arrive. */
  record Plain(StompClient client, SendTally tally, Outages outages, Duration limit)
      implements SendWay {
    @Override
    public void send(Outgoing message) throws InterruptedException {
      outages.outlastBodies(
          () -> {
            client.send(message);
            return message;
          });
      tally.sent(message);
    }

    @Override
    public void finish() throws InterruptedException {
      outages.outlastBodies(
          () -> {
            client.flush(limit);
            return limit;
          });
    }

    @Override
    public void giveUp() {
      // Nothing is known of any.
    }

    @Override
    public boolean isConfirming() {
      return false;
    }
  }
}
