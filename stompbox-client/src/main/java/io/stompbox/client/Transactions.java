package io.stompbox.client;

import java.util.concurrent.atomic.AtomicLong;

/** Begins the transactions of a client. Safe to share between threads. */
final class Transactions {
  private final Requests requests;
  private final Subscriptions subscriptions;
  private final Reconnector reconnector;
  private final AtomicLong ids = new AtomicLong();

  Transactions(Requests requests, Subscriptions subscriptions, Reconnector reconnector) {
    this.requests = requests;
    this.subscriptions = subscriptions;
    this.reconnector = reconnector;
  }

  Transaction begin() {
    String id = "t-" + ids.incrementAndGet();
    Epoch epoch = reconnector.current(requests.timeouts().receipt());
    Transaction transaction = new Transaction(id, epoch, subscriptions, requests);
    transaction.begin();
    return transaction;
  }

  /** Runs the work, again as often as {@code retries} says if the broker has undone it. */
  <E extends Exception> void run(TransactionWork<E> work, int retries) throws E {
    if (retries < 0) {
      throw new IllegalArgumentException("retries must not be negative: " + retries);
    }
    int left = retries;
    boolean isDone = false;
    while (!isDone) {
      try {
        run(work);
        isDone = true;
      } catch (TransactionRolledBackException e) {
        if (left == 0) {
          throw e;
        }
        left--;
      }
    }
  }

  private <E extends Exception> void run(TransactionWork<E> work) throws E {
    try (Transaction transaction = begin()) {
      work.run(transaction);
      transaction.commit();
    }
  }
}
