package io.stompbox.client;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Completes stages that the program has, and with them whatever depends on them: in their order, on
 * one thread as long as that is quick, as one read brings many receipts and waking a thread for
 * each takes longer than all the rest. Where something that depends on a stage takes its time, the
 * others go on without it on another thread. Safe to share between threads.
 */
final class StageTasks implements Executor {
  /** How long one task holds up those behind it. */
  private static final long PATIENCE_MILLIS = 5;

  private final Executor threads;
  private final Executor later;
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by lock. */
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

  /** Threads that run tasks, or are about to. Guarded by lock. */
  private int runners;

  /** How many tasks were begun. Guarded by lock. */
  private long begun;

  /** Whether it will be looked whether a task takes its time. Guarded by lock. */
  private boolean isWatched;

  /** How often it was seen that no task had begun since the last one did. Guarded by lock. */
  private long inVain;

  /** Creates it; {@code threads} runs each task that it is given at once, on another thread. */
  StageTasks(Executor threads) {
    this(
        threads,
        CompletableFuture.delayedExecutor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS, Runnable::run));
  }

  /** {@code later} waits for a while before it runs a task, which is short. */
  StageTasks(Executor threads, Executor later) {
    this.threads = threads;
    this.later = later;
  }

  /** Runs the task on another thread, or on the caller's if the client is closed. */
  @Override
  public void execute(Runnable task) {
    boolean isFirst;
    lock.lock();
    try {
      tasks.add(task);
      isFirst = runners == 0;
      if (isFirst) {
        runners++;
      } else {
        watch();
      }
    } finally {
      lock.unlock();
    }
    if (isFirst) {
      // Transactions may end after their client, and their sends with them.
      startRunner(this::runAll);
    }
  }

  private void startRunner(Runnable ifClosed) {
    try {
      threads.execute(this::runAll);
    } catch (RejectedExecutionException closed) {
      ifClosed.run();
    } catch (Error e) {
      // There is no thread now; the next task tries again.
      stop();
      throw e;
    }
  }

  private void stop() {
    lock.lock();
    try {
      runners--;
    } finally {
      lock.unlock();
    }
  }

  private void runAll() {
    Runnable task = next();
    try {
      while (task != null) {
        task.run();
        task = next();
      }
    } finally {
      if (task != null) {
        stop();
      }
    }
  }

  private @Nullable Runnable next() {
    lock.lock();
    try {
      Runnable task = tasks.poll();
      if (task == null) {
        runners--;
      } else {
        begun++;
        inVain = 0;
        if (!tasks.isEmpty()) {
          watch();
        }
      }
      return task;
    } finally {
      lock.unlock();
    }
  }

  /** Called with the lock. */
  private void watch() {
    if (!isWatched) {
      isWatched = true;
      long seen = begun;
      later.execute(() -> look(seen));
    }
  }

  /** If no task has begun since, those that run take their time. */
  private void look(long seen) {
    boolean isHeldUp;
    lock.lock();
    try {
      isWatched = false;
      // The program's executor may have no thread for long: it is asked ever more rarely.
      isHeldUp = !tasks.isEmpty() && begun == seen && Long.bitCount(++inVain) == 1;
      if (isHeldUp) {
        runners++;
      }
      if (!tasks.isEmpty()) {
        watch();
      }
    } finally {
      lock.unlock();
    }
    if (isHeldUp) {
      // Not here, as this thread is for looking.
      startRunner(() -> Threads.startOrRun("stompbox-stages", this::runAll));
    }
  }
}
