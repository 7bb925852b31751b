package io.stompbox.cli.bench;

import io.stompbox.cli.bench.BenchPlan.Extent;
import io.stompbox.cli.connection.DurationConverter;
import io.stompbox.cli.connection.WholeNumber;
import io.stompbox.cli.process.OutputForm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How long a bench runs and what becomes of its result: the options of all of them. */
final class RunOptions {
  private static final Duration USUAL = Duration.ofSeconds(10);
  private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);
  private static final Duration USUAL_INTERVAL = Duration.ofSeconds(1);
  private static final int INTERVALS = 20;

  @Option(
      names = {"-n", "-c", "--count"},
      paramLabel = "N",
      converter = WholeNumber.Large.class,
      description = "How many messages count. Default: as many as come within --for")
  private @Nullable Long count;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How long it counts. Default: 10s, or until --count is reached")
  private @Nullable Duration time;

  @Option(
      names = "--warmup",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How long it runs before anything counts. Default: not at all")
  private Duration warmUp = Duration.ZERO;

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How long the intervals of charts over time are. Default: 1s, or less")
  private @Nullable Duration interval;

  @Option(
      names = "--connections",
      paramLabel = "N",
      converter = Limits.Workers.class,
      description = "How many connections there are. Default: one for each thread")
  private @Nullable Integer connections;

  @Option(
      names = "--embedded",
      description = "Start a broker in this process and measure that; it shares CPU and heap.")
  private boolean embedded;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Write run.json, latency.hgrm and report.html into this folder, which is made if it is "
              + "not there.")
  private @Nullable Path out;

  @Option(
      names = "--fail-if",
      paramLabel = "CONDITION",
      converter = Threshold.Converter.class,
      description =
          "End with exit code 9 if this holds; may be given several times. "
              + "p50 to p99.999, min, mean, max with a duration: p99>5ms; "
              + "rate, errors, lost, unknown, reconnects with a number: rate<10000")
  private List<Threshold> thresholds = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      converter = OutputForm.OfReport.class,
      completionCandidates = OutputForm.OfReport.class,
      description = "What goes to standard output: text (default) or json.")
  private OutputForm form = OutputForm.TEXT;

  /** When it ends. */
  Extent extent() {
    Duration limit = time == null && count == null ? USUAL : time;
    return new Extent(count, limit, warmUp);
  }

  /** How long intervals are: short enough for a chart. */
  Duration interval() {
    if (interval != null) {
      return interval;
    }
    Duration limit = extent().time();
    if (limit == null || limit.dividedBy(INTERVALS).compareTo(USUAL_INTERVAL) >= 0) {
      return limit == null ? USUAL_INTERVAL.dividedBy(4) : USUAL_INTERVAL;
    }
    Duration part = limit.dividedBy(INTERVALS);
    return part.compareTo(SHORTEST_INTERVAL) < 0 ? SHORTEST_INTERVAL : part;
  }

  /** How many connections so many workers share. */
  int connections(int workers) {
    return connections == null ? workers : Math.min(connections, workers);
  }

  List<Threshold> thresholds() {
    return thresholds;
  }

  boolean isEmbedded() {
    return embedded;
  }

  @Nullable Path out() {
    return out;
  }

  OutputForm form() {
    return form;
  }
}
