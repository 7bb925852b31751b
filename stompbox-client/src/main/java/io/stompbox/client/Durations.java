package io.stompbox.client;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Durations as they stand in messages, {@code 1.5s} or {@code 300ms}, and as limits. */
final class Durations {
  private static final long MOST = Long.MAX_VALUE / 2;

  private Durations() {}

  /** Returns a limit in nanoseconds; 146 years if it is longer, so that deadlines can be told. */
  static long nanos(Duration limit) {
    return Math.max(-MOST, Math.min(MOST, TimeUnit.NANOSECONDS.convert(limit)));
  }

  static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis < 1000) {
      return millis + "ms";
    }
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis / 1000.0 + "s";
  }
}
