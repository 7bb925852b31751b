package io.stompbox.client;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Messages that wait for their subscription's program, bounded in number and octets. */
final class DeliveryQueue {
  private final int mostMessages;
  private final long mostOctets;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Guarded by lock. */
  private final ArrayDeque<Delivery> queue = new ArrayDeque<>();

  /** Octets of the bodies in {@link #queue}. Guarded by lock. */
  private long octets;

  /** Guarded by lock. */
  private boolean closed;

  DeliveryQueue(Bounds bounds) {
    this.mostMessages = bounds.incomingMessages();
    this.mostOctets = bounds.incomingOctets();
  }

  /** Adds a message if there is room; messages for a closed queue vanish. */
  boolean offer(Delivery delivery) {
    lock.lock();
    try {
      if (closed) {
        return true;
      }
      if (!hasRoom(delivery)) {
        return false;
      }
      queue.addLast(delivery);
      octets += delivery.body().size();
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until {@link #offer} could succeed, or {@code giveUp} becomes true, which is polled. */
  void awaitRoom(Delivery delivery, BooleanSupplier giveUp) {
    lock.lock();
    try {
      while (!closed && !hasRoom(delivery) && !giveUp.getAsBoolean()) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean hasRoom(Delivery delivery) {
    return queue.isEmpty()
        || (queue.size() < mostMessages && octets + delivery.body().size() <= mostOctets);
  }

  /** Wakes all that wait, so that they look again. */
  void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns the next message, waiting up to {@code nanos}; null if none came or it is closed. */
  @Nullable Delivery poll(long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (queue.isEmpty() && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      return remove();
    } finally {
      lock.unlock();
    }
  }

  /** Returns the next message, or null if there is none now. */
  @Nullable Delivery poll() {
    lock.lock();
    try {
      return remove();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Delivery remove() {
    Delivery delivery = queue.pollFirst();
    if (delivery != null) {
      octets -= delivery.body().size();
      changed.signalAll();
    }
    return delivery;
  }

  boolean isEmpty() {
    lock.lock();
    try {
      return queue.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Drops the messages of a connection that is gone: the broker gives them out again. */
  void dropEpoch(int epoch) {
    lock.lock();
    try {
      for (Iterator<Delivery> all = queue.iterator(); all.hasNext(); ) {
        Delivery delivery = all.next();
        if (delivery.epoch() <= epoch) {
          all.remove();
          octets -= delivery.body().size();
        }
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Drops everything and takes nothing more. */
  void close() {
    lock.lock();
    try {
      closed = true;
      queue.clear();
      octets = 0;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
