package io.stompbox.client;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many octets of messages all subscriptions of a client may hold together, or all its files of
 * bodies. One message always has room if nothing else is held. Safe to share between threads.
 */
final class InboundRoom {
  private final long most;

  /** Octets that were taken and not released. */
  private final AtomicLong held = new AtomicLong();

  /** Readers that wait, or are about to: whoever gives room back looks here first. */
  private final AtomicInteger waiting = new AtomicInteger();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  InboundRoom(long most) {
    this.most = most;
  }

  /**
   * Takes room, waiting for it; called by the reader of a link.
   *
   * @return false if the link ended first; nothing was taken
   */
  boolean acquire(long octets, Link link) {
    return acquire(octets, 0, link);
  }

  /**
   * Takes more room for something that grows, waiting for it; there always is some if nothing else
   * holds any.
   *
   * @param own octets that it holds already
   * @return false if the link ended first; nothing was taken
   */
  boolean acquire(long octets, long own, Link link) {
    return tryAcquire(octets, own) || awaitRoom(octets, own, link);
  }

  private boolean awaitRoom(long octets, long own, Link link) {
    link.pauseReading();
    lock.lock();
    waiting.incrementAndGet();
    try {
      boolean has = tryAcquire(octets, own);
      while (!has && !link.hasEnded()) {
        changed.awaitUninterruptibly();
        has = tryAcquire(octets, own);
      }
      return has;
    } finally {
      waiting.decrementAndGet();
      lock.unlock();
      link.resumeReading();
    }
  }

  /** Takes room if there is any; false if not, and nothing was taken. */
  boolean tryAcquire(long octets) {
    return tryAcquire(octets, 0);
  }

  private boolean tryAcquire(long octets, long own) {
    long now = held.get();
    while (now == own || now + octets <= most) {
      if (held.compareAndSet(now, now + octets)) {
        return true;
      }
      now = held.get();
    }
    return false;
  }

  void release(long octets) {
    held.addAndGet(-octets);
    if (waiting.get() > 0) {
      wake();
    }
  }

  /** Lets a reader that waits see that its link has ended. */
  void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
