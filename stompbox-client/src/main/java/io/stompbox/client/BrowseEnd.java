package io.stompbox.client;

import java.util.concurrent.atomic.AtomicInteger;

/** Finds out when all that was browsed has been processed. Safe to share between threads. */
final class BrowseEnd {
  /** Messages that came and were not processed, and one for the end itself until it comes. */
  private final AtomicInteger left = new AtomicInteger(1);

  private final Runnable over;

  /**
   * Creates one for a subscription that begins.
   *
   * @param over runs once, on the thread that processes the last message or finds the end
   */
  BrowseEnd(Runnable over) {
    this.over = over;
  }

  /** A message came. */
  void arrived() {
    left.incrementAndGet();
  }

  /** A message was processed, or the end came. */
  void done() {
    if (left.decrementAndGet() == 0) {
      over.run();
    }
  }
}
