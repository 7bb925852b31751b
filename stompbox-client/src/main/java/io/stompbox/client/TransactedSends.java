package io.stompbox.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The sends of one transaction whose outcome somebody wants to know: it is that of the transaction.
 */
final class TransactedSends {
  private final Requests requests;

  /** Makes whoever returns from commit find the sends told, though another thread tells them. */
  private final ReentrantLock lock = new ReentrantLock();

  /** Those that have not been told. Guarded by lock. */
  private final List<Confirmation> waiting = new ArrayList<>();

  TransactedSends(Requests requests) {
    this.requests = requests;
  }

  /** Returns what learns of one more. */
  Confirmation add(String what) {
    Confirmation confirmation = requests.receipts().confirmation(what);
    lock.lock();
    try {
      waiting.add(confirmation);
    } finally {
      lock.unlock();
    }
    return confirmation;
  }

  /** What became of the transaction became of all that was sent in it. */
  void tell(Outcome outcome) {
    lock.lock();
    try {
      for (Confirmation send : waiting) {
        requests.outbox().counter().count(outcome);
        send.complete(outcome);
      }
      waiting.clear();
    } finally {
      lock.unlock();
    }
  }
}
