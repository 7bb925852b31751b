package io.stompbox.cli.bench;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a run begins, when it begins to count, and when it ends; in the nanoseconds of one clock.
 *
 * @param length how long it counts; null if something else ends it
 */
record Timeline(long start, Duration warmUp, @Nullable Duration length) {
  /** When it begins to count. */
  long measuredFrom() {
    return start + warmUp.toNanos();
  }

  /** Whether what is due at {@code time} counts. */
  boolean isMeasured(long time) {
    return time - measuredFrom() >= 0;
  }

  /** Whether it is over. */
  boolean isOver(long time) {
    return length != null && time - measuredFrom() >= length.toNanos();
  }
}
