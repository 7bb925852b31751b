package io.stompbox.cli.shell;

import java.time.Duration;

/** Counts messages that came, so that a script can wait for them. Safe to share. */
final class ReceivedCount {
  /** Guarded by this. */
  private long count;

  /** How many of them somebody has waited for. Guarded by this. */
  private long awaited;

  synchronized void add() {
    count++;
    notifyAll();
  }

  /**
   * Waits until so many have come since the last call that this returned true; false if they do not
   * come in time.
   */
  synchronized boolean await(int messages, Duration limit) throws InterruptedException {
    if (!awaitCount(awaited + messages, limit)) {
      return false;
    }
    awaited += messages;
    return true;
  }

  /** Waits until none has come for this long. */
  synchronized void awaitSilence(Duration silence) throws InterruptedException {
    while (awaitCount(count + 1, silence)) {
      // One more has come.
    }
  }

  private boolean awaitCount(long wanted, Duration limit) throws InterruptedException {
    long start = System.nanoTime();
    while (count < wanted) {
      long left = limit.toNanos() - (System.nanoTime() - start);
      if (left <= 0) {
        return false;
      }
      // Rounded up, as zero waits for ever.
      wait(left / 1_000_000 + 1);
    }
    return true;
  }
}
