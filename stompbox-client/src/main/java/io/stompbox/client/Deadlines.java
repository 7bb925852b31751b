package io.stompbox.client;

import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Gives up on confirmations whose time is over. Has a timer only while some are outstanding. */
final class Deadlines {
  private final Resolution resolution;
  private final TimeSource time;
  private final ReentrantLock lock = new ReentrantLock();

  /** The pending look, and when it comes. Guarded by lock. */
  private @Nullable Future<?> timer;

  /** Written under lock. */
  private volatile long timerAt;

  /**
   * Whether {@link #timer} comes no later than {@link #timerAt}. Written under lock; false before
   * the look begins, which sees whatever was added before that.
   */
  private volatile boolean isPending;

  /** Guarded by lock. */
  private boolean closed;

  Deadlines(Resolution resolution, TimeSource time) {
    this.resolution = resolution;
    this.time = time;
  }

  /** Takes note of a deadline, in the time source's nanoseconds. */
  void add(long deadline) {
    if (isPending && timerAt - deadline <= 0) {
      return;
    }
    lock.lock();
    try {
      if (closed || (isPending && timerAt - deadline <= 0)) {
        return;
      }
      schedule(deadline);
    } finally {
      lock.unlock();
    }
  }

  private void schedule(long deadline) {
    if (timer != null) {
      timer.cancel(false);
    }
    timerAt = deadline;
    // Before there is a timer: one of the program's own may run the look at once, or refuse it.
    isPending = true;
    try {
      timer = time.after(Math.max(0, deadline - time.nanoTime()), this::look);
    } catch (RuntimeException e) {
      isPending = false;
      throw e;
    }
  }

  private void look() {
    lock.lock();
    try {
      timer = null;
      isPending = false;
    } finally {
      lock.unlock();
    }
    long now = time.nanoTime();
    long next =
        resolution.expire(
            now,
            new StompTimeoutException(
                "no receipt came before the deadline; the broker may or may not have handled it"));
    if (next >= 0) {
      add(now + next);
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      if (timer != null) {
        timer.cancel(false);
      }
    } finally {
      lock.unlock();
    }
  }
}
