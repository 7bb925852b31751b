package io.stompbox.cli.bench;

import io.stompbox.cli.bench.Interval.Spread;
import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.Terminal;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One line on standard error that says how far a run is, if a person looks on. */
final class ProgressLine {
  private static final String CLEAR_LINE = "\r\u001B[K";

  private final BenchPlan plan;

  /** Null if nobody looks on. */
  private final @Nullable PrintStream terminal;

  ProgressLine(Environment environment, BenchPlan plan) {
    this.plan = plan;
    this.terminal = environment.terminal().has(Terminal.Stream.ERROR) ? environment.err() : null;
  }

  void show(IntervalLog log) {
    List<Interval> intervals = log.intervals();
    if (terminal == null) {
      return;
    }
    String text = "warming up";
    if (!intervals.isEmpty()) {
      text = text(log, intervals.get(intervals.size() - 1));
    }
    terminal.print(CLEAR_LINE + text);
    terminal.flush();
  }

  private String text(IntervalLog log, Interval last) {
    Counts counts = log.meter().tally().counts();
    Long wanted = plan.extent().count();
    Spread latency = last.latency();
    return String.format(
        Locale.ROOT,
        "%.0f s  %s  %,.0f msg/s%s  %,d errors  %,d reconnects",
        last.at(),
        String.format(Locale.ROOT, "%,d", counts.get(plan.work()))
            + (wanted == null ? "" : String.format(Locale.ROOT, "/%,d", wanted)),
        last.rate(plan.work()),
        latency == null ? "" : "  p99 " + Micros.text(latency.p99()),
        counts.get(Count.ERRORS),
        counts.get(Count.RECONNECTS));
  }

  void clear() {
    if (terminal != null) {
      terminal.print(CLEAR_LINE);
      terminal.flush();
    }
  }
}
