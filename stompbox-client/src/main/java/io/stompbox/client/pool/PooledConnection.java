package io.stompbox.client.pool;

import io.stompbox.client.StompClient;

/**
 * A connection that a pool holds.
 *
 * @param broker the URI that it was asked for with
 * @param use what it is used for
 * @param client the connection; don't close it
 */
public record PooledConnection(String broker, Use use, StompClient client) {
  /** What a connection of a pool is used for. */
  public enum Use {
    /** By all threads, see {@link ConnectionPool#shared} and {@link ConnectionPool#client}. */
    SHARED,
    /** By one thread, see {@link ConnectionPool#perThread}. */
    PER_THREAD,
    /** By whoever has borrowed it. */
    BORROWED,
    /** By nobody now. */
    IDLE
  }

  /** Shows no credentials, which the URI may have. */
  @Override
  public String toString() {
    return use + " " + client;
  }
}
