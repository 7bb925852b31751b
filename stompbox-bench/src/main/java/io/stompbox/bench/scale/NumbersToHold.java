package io.stompbox.bench.scale;

import io.stompbox.bench.report.PromiseTable;
import io.stompbox.bench.report.Spread;
import java.util.Locale;
import java.util.Optional;

/** Says for each promise about large numbers whether the worst of the rounds keeps it. */
final class NumbersToHold {
  private final Figures figures;
  private final PromiseTable table = new PromiseTable();

  private NumbersToHold(Figures figures) {
    this.figures = figures;
  }

  static PromiseTable of(Figures figures) {
    NumbersToHold numbers = new NumbersToHold(figures);
    numbers.addAll();
    return numbers.table;
  }

  private void addAll() {
    ScaleRun many = ScaleRun.CONNECTIONS;
    atMost("connect 10,000", many, 10_000, "connected after", 5, "s");
    atMost("each of 10,000, idle", many, 10_000, "heap of each", 30, "KiB");
    atMost("all of 10,000 back", many, 10_000, "back after a drop", 15, "s");
    atMost(
        "10,000 spread over 5 s",
        ScaleRun.CONNECTIONS_SPREAD,
        10_000,
        "most of all in 100 ms",
        10,
        "%");
    String back = "back after a drop";
    done("1,000 connections on JDK 17", ScaleRun.CONNECTIONS_17, 1000, back, "all back");
    done(
        "100,000 subscriptions on one connection",
        ScaleRun.SUBSCRIPTIONS,
        100_000,
        "subscribed again, and a message to each, after a drop",
        "all again, with a message to each");
    heap("10,000,000 messages", ScaleRun.FLOOD, 10_000_000, 128);
    heap("body of 1 GiB, sent", ScaleRun.BODY, 1L << 30, 64);
    heap("body of 1 GiB, sent and received", ScaleRun.BODY_ECHO, 1L << 30, 64);
  }

  private void atMost(String what, ScaleRun run, long n, String figure, double limit, String unit) {
    promise(what, run, n, figure, text("%s at most %.0f %s", figure, limit, unit), limit);
  }

  private void heap(String what, ScaleRun run, long n, double mebi) {
    String figure = "heap that the JVM may have";
    promise(what, run, n, figure, text("all, with a heap of %.0f MiB", mebi), mebi);
  }

  /** What takes time, but may take any. */
  private void done(String what, ScaleRun run, long n, String figure, String reach) {
    promise(what, run, n, figure, reach + " after a drop", Double.MAX_VALUE);
  }

  private void promise(
      String what, ScaleRun run, long n, String figure, String reach, double limit) {
    String title = run.title();
    Optional<Spread> found = figures.figure(title, figure, n, Point::value);
    if (found.isEmpty()) {
      table.notMeasured(what, reach);
      return;
    }
    boolean isDone = figures.figure(title, MeasuredScaleMain.LAST, n, Point::value).isPresent();
    double most = found.get().most();
    String text =
        text(
            "%s %s, JDK %s%s",
            text(most == Math.rint(most) ? "%.0f" : "%.2f", most),
            figures.unit(title, figure),
            String.join(", ", figures.jdks(title)),
            isDone ? "" : ", then failed");
    table.alone(what, reach, text, isDone && most <= limit);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
