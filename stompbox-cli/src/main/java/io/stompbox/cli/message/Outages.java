package io.stompbox.cli.message;

import io.stompbox.client.ClientState;
import io.stompbox.client.StateChange;
import io.stompbox.client.StompTimeoutException;
import java.util.function.Consumer;

/**
 * Knows when a client was without a connection, so that this does not count as the broker's time to
 * answer. How long an outage may be is for the attempts to connect to decide. Safe to share.
 */
final class Outages implements Consumer<StateChange> {
  private volatile boolean isOut;

  /** The number of the connection that was made last. */
  private volatile int epoch;

  /** What waits for the broker, and may be done again when its time is over. */
  @FunctionalInterface
  interface Wait<T> {
    /** Throws {@link StompTimeoutException} if there was no answer. */
    T run() throws InterruptedException;
  }

  @Override
  public void accept(StateChange change) {
    isOut = change.to() == ClientState.RECOVERING;
    epoch = change.epoch();
  }

  /**
   * Waits, and begins anew when the time ends during or after an outage.
   *
   * @throws StompTimeoutException if there was a connection all the time, and no answer
   */
  <T> T outlast(Wait<T> wait) throws InterruptedException {
    while (true) {
      int before = epoch;
      boolean wasOut = isOut;
      try {
        return wait.run();
      } catch (StompTimeoutException e) {
        if (!wasOut && !isOut && epoch == before) {
          throw e;
        }
      }
    }
  }
}
