package io.stompbox.client;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Looks from time to time whether a thread was interrupted that waits for a socket, which does not
 * heed interrupts. Begins when it is made and ends when it is closed.
 */
final class InterruptWatch implements AutoCloseable {
  /** Half of what a call that waits may take to heed an interrupt. */
  private static final long PERIOD = Duration.ofMillis(50).toNanos();

  private final Thread watched;
  private final TimeSource time;
  private final Runnable onInterrupt;
  private final ReentrantLock lock = new ReentrantLock();

  /** When to look next; null once it is closed. Guarded by lock. */
  private @Nullable Future<?> next;

  /** Watches over the caller's thread; {@code onInterrupt} runs on another one, at most once. */
  InterruptWatch(TimeSource time, Runnable onInterrupt) {
    this.watched = Thread.currentThread();
    this.time = time;
    this.onInterrupt = onInterrupt;
    lock.lock();
    try {
      next = time.after(PERIOD, this::look);
    } finally {
      lock.unlock();
    }
  }

  private void look() {
    lock.lock();
    try {
      if (next == null) {
        return;
      }
      if (watched.isInterrupted()) {
        next = null;
        Threads.startOrRun("stompbox-interrupted", onInterrupt);
      } else {
        next = time.after(PERIOD, this::look);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends it; tells whether {@code onInterrupt} runs or has run, be it at the last moment. */
  boolean endedWithInterrupt() {
    lock.lock();
    try {
      Future<?> left = next;
      next = null;
      if (left != null) {
        left.cancel(false);
      }
      return left == null;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    endedWithInterrupt();
  }
}
