package io.stompbox.cli.bench;

import io.stompbox.cli.bench.RunRecord.Surroundings;
import io.stompbox.cli.bench.RunRecord.Totals;
import io.stompbox.cli.report.Numbers;
import java.util.List;
import java.util.Locale;

/** What a run tells on standard output. */
final class Summary {
  private static final List<Double> SHOWN = List.of(50.0, 90.0, 99.0, 99.9, 99.99);

  private final StringBuilder text = new StringBuilder();

  private Summary() {}

  static String of(RunRecord run) {
    Summary summary = new Summary();
    summary.write(run);
    return summary.text.toString();
  }

  private void write(RunRecord run) {
    Surroundings where = run.surroundings();
    Totals totals = run.totals();
    line("%s  %s", run.kind().word(), settings(run));
    line("%s  STOMP %s  %s", where.server(), where.protocol(), where.broker());
    line("");
    for (Count count : Count.values()) {
      if (totals.shows(count)) {
        row(count.word(), totals.counts().get(count));
      }
    }
    row("lost", totals.lost());
    optional("unknown", totals.unknown());
    optional("not sent in time", totals.behind());
    optional("warm-up", totals.warmUp());
    line(
        "%-16s %,14.2f s  until the last that counts; the run took %,.2f s",
        "time", totals.seconds(), totals.runSeconds());
    line(
        "%-16s %,14.0f msg/s  %s/s of bodies",
        "rate", totals.rate(), Numbers.bytes(totals.octetsRate()));
    if (run.latency() != null) {
      latency(run.latency());
    }
  }

  private static String settings(RunRecord run) {
    StringBuilder shown = new StringBuilder();
    run.settings().forEach((name, value) -> shown.append(name + "=" + value + "  "));
    return shown.toString();
  }

  private void latency(Latency latency) {
    line("");
    micros("min", latency.min());
    micros("mean", latency.mean());
    for (double level : SHOWN) {
      micros(Latency.name(level), latency.at(level));
    }
    micros("max", latency.max());
  }

  private void micros(String name, double micros) {
    line("%-16s %14s", "latency " + name, Numbers.micros(micros));
  }

  private void optional(String name, long number) {
    if (number > 0) {
      row(name, number);
    }
  }

  private void row(String name, long number) {
    line("%-16s %,14d", name, number);
  }

  private void line(String form, Object... values) {
    text.append(String.format(Locale.ROOT, form, values).stripTrailing()).append('\n');
  }
}
