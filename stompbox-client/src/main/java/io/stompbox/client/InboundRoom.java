package io.stompbox.client;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many octets of messages all subscriptions of a client may hold together. One message always
 * has room if nothing else is held. Safe to share between threads.
 */
final class InboundRoom {
  private final long most;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Guarded by lock. */
  private long held;

  InboundRoom(long most) {
    this.most = most;
  }

  /**
   * Takes room, waiting for it; called by the reader of a link.
   *
   * @return false if the link ended first; nothing was taken
   */
  boolean acquire(long octets, Link link) {
    lock.lock();
    try {
      if (!hasRoom(octets)) {
        awaitRoom(octets, link);
      }
      boolean has = hasRoom(octets);
      held += has ? octets : 0;
      return has;
    } finally {
      lock.unlock();
    }
  }

  private void awaitRoom(long octets, Link link) {
    link.pauseReading();
    while (!hasRoom(octets) && !link.hasEnded()) {
      changed.awaitUninterruptibly();
    }
    link.resumeReading();
  }

  private boolean hasRoom(long octets) {
    return held == 0 || held + octets <= most;
  }

  /** Takes room if there is any; false if not, and nothing was taken. */
  boolean tryAcquire(long octets) {
    lock.lock();
    try {
      boolean has = hasRoom(octets);
      held += has ? octets : 0;
      return has;
    } finally {
      lock.unlock();
    }
  }

  void release(long octets) {
    lock.lock();
    try {
      held -= octets;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Lets a reader that waits see that its link has ended. */
  void wake() {
    release(0);
  }
}
