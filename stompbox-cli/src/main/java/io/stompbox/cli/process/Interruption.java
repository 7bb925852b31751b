package io.stompbox.cli.process;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C and SIGTERM end a command in good order: its thread is interrupted, and the process
 * waits a moment for it to say goodbye to the broker. The exit status is then that of the signal,
 * such as 130, unless the command says that ending like this is all right.
 */
public final class Interruption {
  private static final long MOMENT_MILLIS = 1900;

  private final Thread worker;
  private final CountDownLatch ended = new CountDownLatch(1);

  /** Written before ended is counted down, read after. */
  private int status;

  private Interruption(Thread worker) {
    this.worker = worker;
  }

  /** From now on, signals end what the calling thread does. */
  public static Interruption ofThisThread() {
    Interruption interruption = new Interruption(Thread.currentThread());
    Runtime.getRuntime().addShutdownHook(new Thread(interruption::await, "stompbox-shutdown"));
    return interruption;
  }

  /** The command has ended by itself or because it was interrupted. */
  public void ended(int exitStatus) {
    status = exitStatus;
    ended.countDown();
  }

  /** Whether the process is ending, be it by a signal or by itself. */
  public static boolean isEnding() {
    try {
      Thread probe = new Thread(() -> {}, "never started");
      Runtime.getRuntime().addShutdownHook(probe);
      return !Runtime.getRuntime().removeShutdownHook(probe);
    } catch (IllegalStateException hooksRunAlready) {
      return true;
    }
  }

  private void await() {
    if (ended.getCount() == 0) {
      return;
    }
    worker.interrupt();
    try {
      if (ended.await(MOMENT_MILLIS, TimeUnit.MILLISECONDS) && status == ExitCode.OK.number()) {
        Runtime.getRuntime().halt(status);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
