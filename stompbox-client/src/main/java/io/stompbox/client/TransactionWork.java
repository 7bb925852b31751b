package io.stompbox.client;

/**
 * What is done inside a transaction.
 *
 * @param <E> what it may throw
 */
@FunctionalInterface
public interface TransactionWork<E extends Exception> {
  /** Sends and acknowledges through {@code transaction}. */
  void run(Transaction transaction) throws E;
}
