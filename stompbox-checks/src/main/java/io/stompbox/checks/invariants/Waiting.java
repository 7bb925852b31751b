package io.stompbox.checks.invariants;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what must become true. */
public final class Waiting {
  private static final long STEP_MILLIS = 1;

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
        throw new AssertionError(
            "expected "
                + wanted
                + " within "
                + limit.toMillis()
                + "ms, but there is "
                + seen.get());
      }
      Thread.sleep(STEP_MILLIS);
    }
  }
}
