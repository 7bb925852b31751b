package io.stompbox.client;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that of the messages with one key a single one is processed at a time. Safe to share
 * between threads.
 */
final class KeyOrder {
  private final OrderKey order;

  /** The keys of messages that are being processed. */
  private final Set<Object> busy = ConcurrentHashMap.newKeySet();

  KeyOrder(OrderKey order) {
    this.order = order;
  }

  /** What it threw in place of returning a key; as a key it is like no other. */
  private static final class Failure {
    private final Throwable cause;

    Failure(Throwable cause) {
      this.cause = cause;
    }
  }

  /**
   * Gives keys to all messages in a queue, oldest first. Runs the program's code, so no lock may be
   * held.
   */
  void assign(BoundedQueue<Delivery> queue) {
    for (Delivery delivery : queue.copyOf(waiting -> waiting.key() == null)) {
      delivery.key(keyOf(delivery));
    }
  }

  private Object keyOf(Delivery delivery) {
    try {
      Object key = order.of(delivery);
      // Asked here, as a key that fails later would take down whoever looks for messages.
      int unused = Objects.hashCode(key);
      return key == null ? new Object() : key;
    } catch (Throwable e) {
      return new Failure(e);
    }
  }

  /** Returns a look through the queue for the first message that may be processed now. */
  Scan scan() {
    return new Scan();
  }

  /**
   * One look through a queue, oldest first. What it has passed over keeps later messages with the
   * same key back until the next look, although the key may become free meanwhile.
   */
  final class Scan {
    private final Set<Object> passed = new HashSet<>();
    private boolean isAtEnd;

    /**
     * Whether to take the next message in the queue; its key is busy then.
     *
     * @param key null if it was not asked for yet
     */
    boolean takes(@Nullable Object key, boolean mayStart) {
      // Without a key nobody knows which of the later ones must wait for it.
      isAtEnd |= key == null;
      if (isAtEnd || key == null || passed.contains(key)) {
        return false;
      }
      boolean isTaken = mayStart && busy.add(key);
      if (!isTaken) {
        passed.add(key);
      }
      return isTaken;
    }
  }

  /** A message with this key was processed. */
  void release(@Nullable Object key) {
    if (key != null) {
      busy.remove(key);
    }
  }

  /** Throws what prevented a key. */
  static void check(Delivery delivery) throws Exception {
    if (delivery.key() instanceof Failure failure) {
      if (failure.cause instanceof Error error) {
        throw error;
      }
      throw (Exception) failure.cause;
    }
  }
}
