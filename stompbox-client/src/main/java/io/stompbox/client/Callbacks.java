package io.stompbox.client;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs what the program gave to a client: message handlers and what depends on outcomes, each on a
 * thread of its own, and state listeners one after the other. Once it is closed nothing more
 * starts.
 */
final class Callbacks {
  /** What closing takes beyond its limit, so that what it leads to is told if that is quick. */
  private static final long GRACE = TimeUnit.MILLISECONDS.toNanos(250);

  private final HandlerThreads threads;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Tasks that were handed to a thread which has not begun. Guarded by lock. */
  private int starting;

  /** Threads that run something of the program's. Guarded by lock. */
  private final Set<Thread> running = new HashSet<>();

  /** Those of them that wait for the client to be closed. Guarded by lock. */
  private final Set<Thread> closers = new HashSet<>();

  /** Written under lock. */
  private volatile boolean closed;

  /** Creates it; a null executor stands for threads of its own. */
  Callbacks(@Nullable Executor given) {
    this.threads = new HandlerThreads(given);
  }

  /** Runs each task at once, on a thread of its own; throws once it is closed. */
  Executor handlers() {
    return this::start;
  }

  /** Returns what runs one task after the other, and drops them once this is closed. */
  Executor serial() {
    return new SerialTasks(handlers(), this::isClosed);
  }

  private void start(Runnable task) {
    lock.lock();
    try {
      if (closed) {
        throw new RejectedExecutionException("the client is closed");
      }
      starting++;
    } finally {
      lock.unlock();
    }
    try {
      threads.execute(() -> run(task));
    } catch (RejectedExecutionException | Error e) {
      begun(false);
      throw e;
    }
  }

  private void run(Runnable task) {
    begun(true);
    try {
      task.run();
    } finally {
      ended();
    }
  }

  private void begun(boolean hasThread) {
    lock.lock();
    try {
      starting--;
      if (hasThread) {
        running.add(Thread.currentThread());
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void ended() {
    lock.lock();
    try {
      running.remove(Thread.currentThread());
      closers.remove(Thread.currentThread());
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean isClosed() {
    return closed;
  }

  /** Takes note that this thread, if it is one of these, waits for the client to be closed. */
  void closing() {
    lock.lock();
    try {
      if (running.contains(Thread.currentThread())) {
        closers.add(Thread.currentThread());
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until nothing of the program's runs, except this thread and those that wait for it; then,
   * or at the deadline, nothing more starts. What still runs is left to end by itself.
   */
  void close(long deadline) {
    closing();
    lock.lock();
    try {
      long soon = System.nanoTime() + GRACE;
      await(this::isQuiet, deadline - soon > 0 ? deadline : soon);
      closed = true;
      await(() -> starting == 0, System.nanoTime() + GRACE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    } finally {
      lock.unlock();
    }
    threads.shutdown();
  }

  private boolean isQuiet() {
    return starting == 0 && closers.containsAll(running);
  }

  private void await(BooleanSupplier condition, long deadline) throws InterruptedException {
    long left = deadline - System.nanoTime();
    while (!condition.getAsBoolean() && left > 0) {
      left = changed.awaitNanos(left);
    }
  }
}
