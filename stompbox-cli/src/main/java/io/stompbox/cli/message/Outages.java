package io.stompbox.cli.message;

import io.stompbox.client.ClientState;
import io.stompbox.client.StateChange;
import io.stompbox.client.StompTimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Knows when a client was without a connection, or read a body that it sends, so that this does not
 * count as the broker's time to answer. How long an outage may be is for the attempts to connect to
 * decide. Safe to share.
 */
final class Outages implements Consumer<StateChange> {
  /** How many octets of bodies were read. */
  private final LongSupplier octetsRead;

  private volatile boolean isOut;

  /** The number of the connection that was made last. */
  private volatile int epoch;

  /** What waits for the broker, and may be done again when its time is over. */
  @FunctionalInterface
  interface Wait<T> {
    /** Throws {@link StompTimeoutException} if there was no answer. */
    T run() throws InterruptedException;
  }

  /** Of a client whose bodies are all held. */
  Outages() {
    this(() -> 0);
  }

  Outages(LongSupplier octetsRead) {
    this.octetsRead = octetsRead;
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

  /**
   * As {@link #outlast}, and begins anew when octets of bodies were read meanwhile.
   *
   * @throws StompTimeoutException if the broker took nothing all the time, and gave no answer
   */
  <T> T outlastBodies(Wait<T> wait) throws InterruptedException {
    while (true) {
      long before = octetsRead.getAsLong();
      try {
        return outlast(wait);
      } catch (StompTimeoutException e) {
        if (octetsRead.getAsLong() == before) {
          throw e;
        }
      }
    }
  }
}
