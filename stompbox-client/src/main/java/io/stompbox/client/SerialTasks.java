package io.stompbox.client;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs one task after the other, in their order, on a thread that it has only while there are some.
 * Once its client is closed it drops them.
 */
final class SerialTasks implements Executor {
  private final Executor threads;
  private final BooleanSupplier isClosed;
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by lock. */
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

  /** Whether a thread runs them. Guarded by lock. */
  private boolean isRunning;

  SerialTasks(Executor threads, BooleanSupplier isClosed) {
    this.threads = threads;
    this.isClosed = isClosed;
  }

  @Override
  public void execute(Runnable task) {
    lock.lock();
    try {
      tasks.add(task);
      if (isRunning) {
        return;
      }
      isRunning = true;
    } finally {
      lock.unlock();
    }
    try {
      threads.execute(this::runAll);
    } catch (RejectedExecutionException closed) {
      // Nobody is to hear of anything any more.
      stop();
    } catch (Error e) {
      // No thread can be had now; the next task tries again.
      stop();
      throw e;
    }
  }

  private void stop() {
    lock.lock();
    try {
      isRunning = false;
      if (isClosed.getAsBoolean()) {
        tasks.clear();
      }
    } finally {
      lock.unlock();
    }
  }

  private void runAll() {
    Runnable task = next();
    while (task != null) {
      task.run();
      task = next();
    }
  }

  private @Nullable Runnable next() {
    lock.lock();
    try {
      if (isClosed.getAsBoolean()) {
        tasks.clear();
      }
      isRunning = !tasks.isEmpty();
      return tasks.poll();
    } finally {
      lock.unlock();
    }
  }
}
