package io.stompbox.checks.invariants;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for counters and threads, which tell nobody when they change: looks again and again. */
public final class Waiting {
  private static final long STEP_MILLIS = 10;

  private Waiting() {}

  /**
   * Waits until a condition holds.
   *
   * @param seen what is there, for the message
   * @throws AssertionError if it does not hold within the limit
   */
  public static void until(
      Duration limit, Supplier<String> seen, String wanted, BooleanSupplier condition)
      throws InterruptedException {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > limit.toNanos()) {
        throw overdue(limit, seen, wanted);
      }
      Thread.sleep(STEP_MILLIS);
    }
  }

  /** Returns what to throw if something did not hold within the limit. */
  public static AssertionError overdue(Duration limit, Supplier<String> seen, String wanted) {
    return new AssertionError(
        "expected " + wanted + " within " + limit.toMillis() + "ms, but there is " + seen.get());
  }
}
