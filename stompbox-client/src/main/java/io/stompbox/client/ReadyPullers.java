package io.stompbox.client;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Which subscriptions have a message to be pulled, the one whose message came first in front, so
 * that nobody has to look at all of them. Each is here once at most, however many messages it has.
 * Safe to share between threads.
 */
final class ReadyPullers {
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by lock. */
  private final PriorityQueue<Ready> inOrder =
      new PriorityQueue<>(Comparator.comparingLong(Ready::sequence));

  /** Those that are in there, for whoever brings messages. Changed under lock. */
  private final Set<Puller> all = ConcurrentHashMap.newKeySet();

  /**
   * One that has a message.
   *
   * @param sequence that of its next message when it came here
   */
  private record Ready(Puller puller, long sequence) {}

  /** Takes one in if it has a message and is not here. */
  void add(Puller puller) {
    if (all.contains(puller)) {
      return;
    }
    lock.lock();
    try {
      if (!all.contains(puller)) {
        addIfReady(puller);
      }
    } finally {
      lock.unlock();
    }
  }

  /** It must not be here when it is looked at: whoever brings its next message adds it then. */
  private void addIfReady(Puller puller) {
    Delivery head = puller.head();
    if (head != null) {
      all.add(puller);
      inOrder.add(new Ready(puller, head.sequence()));
    }
  }

  /** Forgets one that has no messages and gets none any more. */
  void remove(Puller puller) {
    lock.lock();
    try {
      if (all.remove(puller)) {
        inOrder.removeIf(ready -> ready.puller().equals(puller));
      }
    } finally {
      lock.unlock();
    }
  }

  private void removeFirst(Ready ready) {
    inOrder.remove();
    all.remove(ready.puller());
  }

  /**
   * Returns the message that came first, which stays with its subscription; that is not here any
   * more. Null if there is none, or it came on a later connection.
   */
  Pulled.@Nullable Message poll(int lastEpoch) {
    lock.lock();
    try {
      for (Ready first = inOrder.peek(); first != null; first = inOrder.peek()) {
        Delivery head = first.puller().head();
        if (head == null || head.sequence() != first.sequence()) {
          removeFirst(first);
          addIfReady(first.puller());
        } else if (head.epoch() > lastEpoch) {
          // What is behind it came later still.
          return null;
        } else {
          removeFirst(first);
          return new Pulled.Message(first.puller(), head);
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }
}
