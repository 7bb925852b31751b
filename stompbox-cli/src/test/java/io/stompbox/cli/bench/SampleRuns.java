package io.stompbox.cli.bench;

import io.stompbox.cli.bench.Interval.Spread;
import io.stompbox.cli.bench.RunRecord.Surroundings;
import io.stompbox.cli.bench.RunRecord.Totals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs that nobody ran: 1,000 messages in 2 s. */
final class SampleRuns {
  private SampleRuns() {}

  static RunRecord withErrors(long errors) {
    return run(errors, latency(), "/queue/a");
  }

  static RunRecord to(String destination) {
    return run(0, latency(), destination);
  }

  static RunRecord with(Totals totals) {
    return run(totals, latency(), "/queue/a", List.of());
  }

  static RunRecord withoutLatency() {
    return run(0, null, "/queue/a");
  }

  private static RunRecord run(long errors, @Nullable Latency latency, String destination) {
    Counts counts =
        new Counts(
            Map.of(
                Count.SENT,
                1000L,
                Count.CONFIRMED,
                1000L,
                Count.ERRORS,
                errors,
                Count.RECONNECTS,
                1L));
    Totals totals = new Totals(Count.CONFIRMED, 2, 2.5, counts, 0, 0, 4, 17, 100);
    List<String> sentences =
        errors == 0 ? List.of() : List.of("no receipt for SEND to /queue/a within 10s");
    return run(totals, latency, destination, sentences);
  }

  private static RunRecord run(
      Totals totals, @Nullable Latency latency, String destination, List<String> errors) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("destination", destination);
    settings.put("rate", "500");
    return new RunRecord(
        BenchKind.SEND,
        "2026-11-21T08:00:00.123Z",
        settings,
        new Surroundings(
            "1.0", "OpenJDK 17", "Linux", 2, 1L << 32, "ActiveMQ/6.3.1", "1.2", "stomp://a:61613"),
        totals,
        latency,
        List.of(interval(1, latency), interval(2, null)),
        errors);
  }

  private static Latency latency() {
    List<Latency.Point> points = new ArrayList<>();
    points.add(new Latency.Point(0, 500));
    for (double level : Latency.LEVELS) {
      points.add(new Latency.Point(level, level < 99 ? 1000 : level == 99 ? 4000 : 9000));
    }
    points.add(new Latency.Point(100, 9000));
    return new Latency(1000, 500, 1100.5, 9000, points);
  }

  private static Interval interval(double at, @Nullable Latency latency) {
    Counts counts = new Counts(Map.of(Count.SENT, 500L, Count.CONFIRMED, 500L));
    Spread spread = latency == null ? null : new Spread(1000, 4000, 9000);
    return new Interval(at, 1, counts, spread, 0.75, 12_345_678);
  }
}
