package io.stompbox.cli.bench;

import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What happened during a part of a run.
 *
 * @param at seconds from the first moment that counts to the end of the interval
 * @param seconds how long it was
 * @param latency null if nothing was done whose latency can be told
 * @param cpu how many cores the process was using
 * @param heap octets in use at its end
 */
record Interval(
    double at, double seconds, Counts counts, @Nullable Spread latency, double cpu, long heap) {

  /** Latency in an interval, in microseconds. */
  record Spread(double p50, double p99, double max) {
    static @Nullable Spread of(Histogram histogram) {
      return histogram.getTotalCount() == 0
          ? null
          : new Spread(
              Latency.micros(histogram.getValueAtPercentile(50)),
              Latency.micros(histogram.getValueAtPercentile(99)),
              Latency.micros(histogram.getMaxValue()));
    }
  }

  /** How many messages a second. */
  double rate(Count what) {
    return seconds == 0 ? 0 : counts.get(what) / seconds;
  }

  static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
