package io.stompbox.client;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Where a client has its time from: delays before it reconnects, heart-beats, silence, and
 * deadlines of receipts and confirmations. Replace it in tests that must not wait.
 *
 * <p>Limits of calls that block, such as {@link Confirmation#await} or {@link
 * Subscription#receive}, are those of the real clock in any case.
 */
public final class TimeSource {
  private static final TimeSource SYSTEM = new TimeSource(System::nanoTime, Timers.executor());

  private final LongSupplier nanoTime;
  private final ScheduledExecutorService timer;

  private TimeSource(LongSupplier nanoTime, ScheduledExecutorService timer) {
    this.nanoTime = nanoTime;
    this.timer = timer;
  }

  /** {@link System#nanoTime()}, and one thread that all clients of the process share. */
  public static TimeSource system() {
    return SYSTEM;
  }

  /**
   * Time of the program's own. Its tasks are short and never block; they may run on any thread but
   * the one that schedules them.
   *
   * @param nanoTime a monotonic clock in nanoseconds with any origin
   * @param timer runs tasks once after a delay in nanoseconds of that clock, and can cancel them;
   *     it is not shut down
   */
  public static TimeSource of(LongSupplier nanoTime, ScheduledExecutorService timer) {
    return new TimeSource(nanoTime, timer);
  }

  long nanoTime() {
    return nanoTime.getAsLong();
  }

  /** Runs {@code task} once after {@code nanos}; the result can be cancelled. */
  Future<?> after(long nanos, Runnable task) {
    return timer.schedule(task, nanos, TimeUnit.NANOSECONDS);
  }
}
