package io.stompbox.checks.scenarios;

import io.stompbox.checks.invariants.Waiting;
import io.stompbox.client.StateChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The changes of state that a client has told of. Safe to share between threads. */
final class Changes {
  /** Guarded by this. */
  private final List<StateChange> all = new ArrayList<>();

  synchronized void add(StateChange change) {
    all.add(change);
    notifyAll();
  }

  synchronized List<StateChange> all() {
    return List.copyOf(all);
  }

  /**
   * Waits until a condition holds, which is asked again after each change.
   *
   * @param seen what is there, for the message
   * @throws AssertionError if it does not hold within the limit
   */
  synchronized void await(
      Duration limit, Supplier<String> seen, String wanted, BooleanSupplier condition)
      throws InterruptedException {
    long start = System.nanoTime();
    long left = limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (left <= 0) {
        throw Waiting.overdue(limit, seen, wanted);
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = limit.toNanos() - (System.nanoTime() - start);
    }
  }
}
