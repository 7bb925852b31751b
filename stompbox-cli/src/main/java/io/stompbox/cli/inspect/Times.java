package io.stompbox.cli.inspect;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What several measurements come to, to three digits. */
final class Times {
  private static final long LONGEST = TimeUnit.HOURS.toNanos(1);

  private final Histogram nanos = new Histogram(LONGEST, 3);

  void add(Duration taken) {
    nanos.recordValue(Math.min(LONGEST, Math.max(0, taken.toNanos())));
  }

  long count() {
    return nanos.getTotalCount();
  }

  /** Zero if nothing was measured, as all of these. */
  Duration min() {
    return count() == 0 ? Duration.ZERO : Duration.ofNanos(nanos.getMinValue());
  }

  Duration median() {
    return Duration.ofNanos(nanos.getValueAtPercentile(50));
  }

  Duration max() {
    return Duration.ofNanos(nanos.getMaxValue());
  }

  Duration mean() {
    return Duration.ofNanos((long) nanos.getMean());
  }
}
