package io.stompbox.cli.bench;

import io.stompbox.cli.bench.RunRecord.Totals;
import io.stompbox.cli.report.Numbers;
import io.stompbox.cli.report.ReportPage;
import io.stompbox.cli.report.Section;
import io.stompbox.cli.report.Section.Table;
import io.stompbox.cli.report.Section.Unit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Several runs beside each other, the first as the measure of the others. */
final class Comparison {
  private final List<NamedRun> runs;

  Comparison(List<NamedRun> runs) {
    this.runs = List.copyOf(runs);
  }

  ReportPage page() {
    List<Section> sections = new ArrayList<>();
    sections.add(table());
    RunCharts charts = new RunCharts(runs);
    sections.add(charts.throughput());
    if (runs.stream().anyMatch(named -> named.run().latency() != null)) {
      sections.add(charts.percentiles());
      sections.add(charts.latencyOverTime());
    }
    sections.add(charts.cpu());
    sections.add(charts.heap());
    sections.add(new Table("Settings", columns(), settings()));
    sections.add(new Table("Environment", columns(), environment()));
    return new ReportPage(
        runs.size() + " runs compared", "ratios are to " + runs.get(0).name(), sections);
  }

  /** Numbers of all runs, with the ratio to the first. */
  Table table() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("kind", named -> named.run().kind().word()));
    rows.add(
        row("messages a second", totals(Totals::rate), rate -> Numbers.text(rate, Unit.NUMBER)));
    for (double level : Latency.LEVELS) {
      rows.add(
          row(
              "latency " + Latency.name(level),
              latency(found -> found.at(level)),
              Numbers::micros));
    }
    rows.add(row("latency max", latency(Latency::max), Numbers::micros));
    rows.add(row("latency mean", latency(Latency::mean), Numbers::micros));
    for (Count count : Count.values()) {
      if (runs.stream().anyMatch(named -> named.run().totals().shows(count))) {
        rows.add(row(count.word(), named -> number(named.run().totals().counts().get(count))));
      }
    }
    rows.add(row("lost", named -> number(named.run().totals().lost())));
    rows.add(row("unknown", named -> number(named.run().totals().unknown())));
    return new Table("Compared", columns(), rows);
  }

  private List<String> columns() {
    List<String> columns = new ArrayList<>();
    columns.add("");
    runs.forEach(named -> columns.add(named.name()));
    return columns;
  }

  private List<String> row(String title, Function<NamedRun, String> value) {
    List<String> row = new ArrayList<>();
    row.add(title);
    runs.forEach(named -> row.add(value.apply(named)));
    return row;
  }

  private List<String> row(
      String title, ToDoubleFunction<RunRecord> value, DoubleFunction<String> text) {
    double measure = value.applyAsDouble(runs.get(0).run());
    return row(
        title,
        named -> {
          double number = value.applyAsDouble(named.run());
          if (Double.isNaN(number)) {
            return "–";
          }
          boolean isFirst = named.equals(runs.get(0));
          return text.apply(number) + (isFirst ? "" : ratio(number, measure));
        });
  }

  private static String ratio(double number, double measure) {
    return Double.isNaN(measure) || measure == 0
        ? ""
        : String.format(Locale.ROOT, " (%.2f×)", number / measure);
  }

  private static ToDoubleFunction<RunRecord> totals(ToDoubleFunction<Totals> value) {
    return run -> value.applyAsDouble(run.totals());
  }

  private static ToDoubleFunction<RunRecord> latency(ToDoubleFunction<Latency> value) {
    return run -> {
      Latency latency = run.latency();
      return latency == null ? Double.NaN : value.applyAsDouble(latency);
    };
  }

  private List<List<String>> settings() {
    Set<String> names = new LinkedHashSet<>();
    runs.forEach(named -> names.addAll(named.run().settings().keySet()));
    return names.stream()
        .map(name -> row(name, named -> named.run().settings().getOrDefault(name, "–")))
        .toList();
  }

  private List<List<String>> environment() {
    return List.of(
        row("started at", named -> named.run().startedAt()),
        row("server", named -> named.run().surroundings().server()),
        row("broker", named -> named.run().surroundings().broker()),
        row("protocol", named -> named.run().surroundings().protocol()),
        row("Stompbox", named -> named.run().surroundings().stompbox()),
        row("Java", named -> named.run().surroundings().java()),
        row("system", named -> named.run().surroundings().os()),
        row("CPUs", named -> String.valueOf(named.run().surroundings().cpus())));
  }

  private static String number(long number) {
    return Numbers.count(number);
  }
}
