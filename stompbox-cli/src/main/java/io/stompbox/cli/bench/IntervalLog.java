package io.stompbox.cli.bench;

import io.stompbox.cli.bench.Interval.Spread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** What happened in each interval of a run, from the first moment that counts. For one thread. */
final class IntervalLog {
  private final Meter meter;
  private final ProcessUsage usage = new ProcessUsage();
  private final List<Interval> intervals = new ArrayList<>();

  /** The end of the last interval, in nanoTime. */
  private long end;

  private Counts counted = Counts.of(count -> 0);

  IntervalLog(Meter meter) {
    this.meter = meter;
    this.end = meter.timeline().measuredFrom();
  }

  /** Ends an interval at {@code now}; does nothing before anything counts. */
  void add(long now) {
    long nanos = now - end;
    double cores = usage.cores(now);
    if (nanos <= 0) {
      return;
    }
    Counts counts = meter.tally().counts();
    Histogram latency = meter.sample();
    double at = (now - meter.timeline().measuredFrom()) / 1e9;
    intervals.add(
        new Interval(
            at,
            nanos / 1e9,
            counts.since(counted),
            Spread.of(latency),
            cores,
            ProcessUsage.heap()));
    counted = counts;
    end = now;
  }

  /** As {@link #add}, but only if something was counted since. */
  void addRest(long now) {
    if (!meter.tally().counts().equals(counted)) {
      add(now);
    }
  }

  /** What was counted up to the end of the last interval. */
  Counts counts() {
    return counted;
  }

  /**
   * Nanoseconds until the interval should end that has begun; during the warm-up until somebody may
   * look on.
   */
  long left(long now, Duration every) {
    boolean isWarmingUp = end - now > every.toNanos();
    return isWarmingUp ? every.toNanos() : Math.max(0, end + every.toNanos() - now);
  }

  List<Interval> intervals() {
    return intervals;
  }

  Meter meter() {
    return meter;
  }
}
