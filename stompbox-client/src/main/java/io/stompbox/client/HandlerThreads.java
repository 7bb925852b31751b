package io.stompbox.client;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Where the program's code runs: on threads of the client's own, or those that the program gives. A
 * task always gets a thread, and never that of the caller, which may be one that reads or writes.
 */
final class HandlerThreads implements Executor {
  private static final Logger LOG = System.getLogger("io.stompbox.client");

  /** The program's; null if it gives none. */
  private final @Nullable Executor given;

  private final ExecutorService own = Threads.handlers("stompbox-handler");

  HandlerThreads(@Nullable Executor given) {
    this.given = given;
  }

  /**
   * Runs a task.
   *
   * @throws RejectedExecutionException after {@link #shutdown()}
   */
  @Override
  public void execute(Runnable task) {
    if (given == null || own.isShutdown()) {
      own.execute(task);
    } else {
      executeThere(given, new Handover(task));
    }
  }

  private void executeThere(Executor executor, Handover handover) {
    try {
      executor.execute(handover);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "the handler executor takes no task; it runs elsewhere", e);
      own.execute(handover.task);
    } finally {
      handover.isDone = true;
    }
  }

  /** Lets threads end once they have nothing to do; those of the program stay as they are. */
  void shutdown() {
    own.shutdown();
  }

  /** A task on its way to the program's executor. */
  private final class Handover implements Runnable {
    private final Runnable task;
    private final Thread caller = Thread.currentThread();

    /** Whether the executor has returned. Meaningful to the caller only. */
    private boolean isDone;

    private Handover(Runnable task) {
      this.task = task;
    }

    @Override
    public void run() {
      if (Thread.currentThread().equals(caller) && !isDone) {
        own.execute(task);
      } else {
        task.run();
      }
    }
  }
}
