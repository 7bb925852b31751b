package io.stompbox.cli.bench;

import io.stompbox.cli.bench.Interval.Spread;
import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ProgressLine;
import io.stompbox.cli.report.Numbers;
import java.util.List;
import java.util.Locale;

/** Says how far a run is, if a person looks on. For one thread. */
final class RunProgress {
  private static final long EVERY_MILLIS = 200;

  private final BenchPlan plan;
  private final ProgressLine line;
  private String text = "";

  RunProgress(Environment environment, BenchPlan plan) {
    this.plan = plan;
    this.line = new ProgressLine(environment, EVERY_MILLIS);
  }

  void show(IntervalLog log) {
    line.show(() -> text(log));
  }

  /** The last that was shown stays. */
  void end() {
    line.end(() -> text);
  }

  private String text(IntervalLog log) {
    List<Interval> intervals = log.intervals();
    text = intervals.isEmpty() ? "warming up" : text(log, intervals.get(intervals.size() - 1));
    return text;
  }

  private String text(IntervalLog log, Interval last) {
    Counts counts = log.meter().tally().counts();
    Long wanted = plan.extent().count();
    Spread latency = last.latency();
    return String.format(
        Locale.ROOT,
        "%.0f s  %,d%s %s  %,.0f msg/s%s  %,d errors  %,d reconnects",
        last.at(),
        counts.get(plan.work()),
        wanted == null ? "" : String.format(Locale.ROOT, "/%,d", wanted),
        plan.work().word(),
        last.rate(plan.work()),
        latency == null ? "" : "  p99 " + Numbers.micros(latency.p99()),
        counts.get(Count.ERRORS),
        counts.get(Count.RECONNECTS));
  }
}
