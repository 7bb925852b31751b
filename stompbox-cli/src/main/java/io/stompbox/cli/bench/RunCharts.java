package io.stompbox.cli.bench;

import io.stompbox.cli.bench.Interval.Spread;
import io.stompbox.cli.report.Section.Axis;
import io.stompbox.cli.report.Section.Chart;
import io.stompbox.cli.report.Section.Mark;
import io.stompbox.cli.report.Section.Point;
import io.stompbox.cli.report.Section.Scale;
import io.stompbox.cli.report.Section.Series;
import io.stompbox.cli.report.Section.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Charts of one run, or of several over each other. */
final class RunCharts {
  private static final Axis TIME = new Axis("time", Unit.SECONDS, Scale.LINEAR);
  private static final Axis LATENCY = new Axis("latency", Unit.MICROSECONDS, Scale.LOG);
  private static final List<Count> MESSAGES = List.of(Count.SENT, Count.CONFIRMED, Count.RECEIVED);

  private final List<NamedRun> runs;

  RunCharts(List<NamedRun> runs) {
    this.runs = List.copyOf(runs);
  }

  Chart throughput() {
    List<Series> series = new ArrayList<>();
    for (NamedRun named : runs) {
      RunRecord run = named.run();
      List<Count> shown = isAlone() ? MESSAGES : List.of(run.totals().work());
      for (Count count : shown) {
        if (!isAlone() || run.totals().counts().get(count) > 0) {
          String what = isAlone() ? count.word() : "";
          series.add(overTime(named.series(what), run, interval -> interval.rate(count)));
        }
      }
    }
    return new Chart(
        "Throughput over time",
        TIME,
        new Axis("messages a second", Unit.NUMBER, Scale.LINEAR),
        series,
        marks());
  }

  Chart percentiles() {
    List<Series> series = new ArrayList<>();
    for (NamedRun named : runs) {
      Latency latency = named.run().latency();
      if (latency != null) {
        series.add(new Series(named.series(isAlone() ? "latency" : ""), points(latency)));
      }
    }
    return new Chart(
        "Latency by percentile",
        new Axis("percentile", Unit.PERCENT, Scale.PERCENTILE),
        LATENCY,
        series,
        List.of());
  }

  private static List<Point> points(Latency latency) {
    return latency.points().stream()
        .map(point -> new Point(point.percentile(), point.micros()))
        .toList();
  }

  Chart latencyOverTime() {
    List<Series> series = new ArrayList<>();
    for (NamedRun named : runs) {
      RunRecord run = named.run();
      if (isAlone()) {
        series.add(overTime("p50", run, interval -> latency(interval, Spread::p50)));
      }
      series.add(
          overTime(
              named.series(isAlone() ? "p99" : ""),
              run,
              interval -> latency(interval, Spread::p99)));
      if (isAlone()) {
        series.add(overTime("max", run, interval -> latency(interval, Spread::max)));
      }
    }
    return new Chart(
        isAlone() ? "Latency over time" : "p99 over time", TIME, LATENCY, series, marks());
  }

  Chart cpu() {
    return usage(
        "CPU of this process", new Axis("cores", Unit.NUMBER, Scale.LINEAR), Interval::cpu);
  }

  Chart heap() {
    return usage(
        "Heap of this process, garbage included",
        new Axis("heap in use", Unit.BYTES, Scale.LINEAR),
        Interval::heap);
  }

  private Chart usage(String title, Axis axis, ToDoubleFunction<Interval> value) {
    List<Series> series =
        runs.stream()
            .map(named -> overTime(named.series(isAlone() ? axis.label() : ""), named.run(), value))
            .toList();
    return new Chart(title, TIME, axis, series, List.of());
  }

  private boolean isAlone() {
    return runs.size() == 1;
  }

  private static Series overTime(String name, RunRecord run, ToDoubleFunction<Interval> value) {
    return new Series(
        name,
        run.intervals().stream()
            .map(interval -> new Point(interval.at(), value.applyAsDouble(interval)))
            .toList());
  }

  private static double latency(Interval interval, ToDoubleFunction<Spread> value) {
    Spread latency = interval.latency();
    return latency == null ? Double.NaN : value.applyAsDouble(latency);
  }

  private List<Mark> marks() {
    List<Mark> marks = new ArrayList<>();
    for (NamedRun named : runs) {
      for (Interval interval : named.run().intervals()) {
        long reconnects = interval.counts().get(Count.RECONNECTS);
        if (reconnects > 0) {
          String what = reconnects == 1 ? "reconnect" : reconnects + " reconnects";
          marks.add(new Mark(interval.at(), named.series(what)));
        }
      }
    }
    return marks;
  }
}
