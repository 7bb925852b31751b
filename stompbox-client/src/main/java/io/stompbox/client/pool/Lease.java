package io.stompbox.client.pool;

import io.stompbox.client.StompClient;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A connection that nobody else uses until it is given back. End subscriptions and transactions
 * before that: the next one gets the connection as it is. Safe to share between threads.
 */
public final class Lease implements AutoCloseable {
  private final BrokerPool pool;
  private final Pooled connection;
  private final AtomicBoolean isOver = new AtomicBoolean();

  Lease(BrokerPool pool, Pooled connection) {
    this.pool = pool;
    this.connection = connection;
  }

  /**
   * Returns the connection; don't close it.
   *
   * @throws IllegalStateException if it was given back
   */
  public StompClient client() {
    if (isOver.get()) {
      throw new IllegalStateException(
          "the connection was given back to its pool; borrow another one");
    }
    return connection.client();
  }

  /** Gives the connection back. Does nothing the second time. */
  @Override
  public void close() {
    if (isOver.compareAndSet(false, true)) {
      pool.giveBack(connection);
    }
  }

  /** Closes the connection instead of giving it back, as it may be in a state that nobody wants. */
  public void discard() {
    if (isOver.compareAndSet(false, true)) {
      pool.discard(connection);
    }
  }

  @Override
  public String toString() {
    return "lease of " + connection.client();
  }
}
