package io.stompbox.client;

import io.stompbox.protocol.frame.StompException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Where a subscription stands, and what ended it. Safe to share between threads. */
final class SubscriptionStanding {
  /** Makes ending it happen once. Never held while other code runs. */
  private final ReentrantLock lock = new ReentrantLock();

  /** Written under lock. */
  private volatile Standing current = new Standing(State.OPEN, null);

  private record Standing(State state, @Nullable StompException failure) {}

  /** In the order in which one can come after another. */
  enum State {
    /** Messages come. */
    OPEN,
    /** The broker has shown all there is to browse; what waits can still be taken. */
    SHOWN,
    /**
     * All that was browsed is processed, or the program has closed it, or its client; a handler
     * that still runs may acknowledge.
     */
    CLOSED,
    /** The broker refused it, its options ended it, or the client has given up. */
    FAILED
  }

  State state() {
    return current.state();
  }

  /** Whether messages can still come. */
  boolean isOpen() {
    return state() == State.OPEN;
  }

  /** Whether no more messages are handed out. */
  boolean hasEnded() {
    State state = state();
    return state == State.CLOSED || state == State.FAILED;
  }

  /** What ended it against the program's will; null if nothing did. */
  @Nullable StompException failure() {
    return current.failure();
  }

  /**
   * Goes on to a later state.
   *
   * @param failure what ended it against the program's will; null otherwise
   * @return false if it has ended already or is as far, and nothing has changed
   */
  boolean become(State next, @Nullable StompException failure) {
    lock.lock();
    try {
      boolean isNews = !hasEnded() && next.compareTo(state()) > 0;
      if (isNews) {
        current = new Standing(next, failure);
      }
      return isNews;
    } finally {
      lock.unlock();
    }
  }
}
