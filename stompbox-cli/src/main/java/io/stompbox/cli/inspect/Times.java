package io.stompbox.cli.inspect;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What several measurements come to: the median to three digits, all else exactly. */
final class Times {
  private static final long LONGEST = TimeUnit.HOURS.toNanos(1);

  private final Histogram histogram = new Histogram(LONGEST, 3);
  private long min = LONGEST;
  private long max;
  private long sum;

  void add(Duration taken) {
    long nanos = Math.min(LONGEST, Math.max(0, taken.toNanos()));
    histogram.recordValue(nanos);
    min = Math.min(min, nanos);
    max = Math.max(max, nanos);
    sum += nanos;
  }

  long count() {
    return histogram.getTotalCount();
  }

  /** Zero if nothing was measured, as all of these. */
  Duration min() {
    return count() == 0 ? Duration.ZERO : Duration.ofNanos(min);
  }

  /** Never beyond the others, as its last digits could lead it. */
  Duration median() {
    return Duration.ofNanos(
        Math.min(max, Math.max(min().toNanos(), histogram.getValueAtPercentile(50))));
  }

  Duration max() {
    return Duration.ofNanos(max);
  }

  Duration mean() {
    return Duration.ofNanos(sum / Math.max(1, count()));
  }
}
