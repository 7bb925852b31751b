package io.stompbox.cli.bench;

import io.stompbox.cli.bench.RunRecord.Surroundings;
import io.stompbox.cli.bench.RunRecord.Totals;
import io.stompbox.cli.report.Numbers;
import io.stompbox.cli.report.ReportPage;
import io.stompbox.cli.report.Section;
import io.stompbox.cli.report.Section.Figure;
import io.stompbox.cli.report.Section.Table;
import io.stompbox.cli.report.Section.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The page of one run. */
final class RunReport {
  private final RunRecord run;

  private RunReport(RunRecord run) {
    this.run = run;
  }

  static ReportPage of(RunRecord run) {
    return new RunReport(run).page();
  }

  private ReportPage page() {
    Surroundings where = run.surroundings();
    List<Section> sections = new ArrayList<>();
    sections.add(figures());
    RunCharts charts = new RunCharts(List.of(new NamedRun("", run)));
    sections.add(charts.throughput());
    if (run.latency() != null) {
      sections.add(charts.percentiles());
      sections.add(charts.latencyOverTime());
    }
    sections.add(charts.cpu());
    sections.add(charts.heap());
    sections.add(new Table("Totals", List.of(), totals()));
    if (run.latency() != null) {
      sections.add(new Table("Latency", List.of(), latency(run.latency())));
    }
    sections.add(new Table("Settings", List.of(), rows(run.settings())));
    sections.add(new Table("Environment", List.of(), environment()));
    if (!run.errors().isEmpty()) {
      sections.add(
          new Table("First errors", List.of(), run.errors().stream().map(List::of).toList()));
    }
    return new ReportPage(
        "bench " + run.kind().word() + " " + run.settings().getOrDefault("destination", ""),
        String.join(
            "  ·  ", run.startedAt(), where.server(), where.broker(), "STOMP " + where.protocol()),
        sections);
  }

  private Section figures() {
    Totals totals = run.totals();
    List<Figure> figures = new ArrayList<>();
    figures.add(
        new Figure(totals.work().word() + " a second", Numbers.text(totals.rate(), Unit.NUMBER)));
    Latency latency = run.latency();
    if (latency != null) {
      figures.add(new Figure("latency p50", Numbers.micros(latency.at(50))));
      figures.add(new Figure("latency p99", Numbers.micros(latency.at(99))));
      figures.add(new Figure("latency max", Numbers.micros(latency.max())));
    }
    figures.add(new Figure("lost", number(totals.lost())));
    if (totals.unknown() > 0) {
      figures.add(new Figure("unknown", number(totals.unknown())));
    }
    figures.add(new Figure("errors", number(totals.counts().get(Count.ERRORS))));
    return new Section.Figures(figures);
  }

  private List<List<String>> totals() {
    Totals totals = run.totals();
    List<List<String>> rows = new ArrayList<>();
    for (Count count : Count.values()) {
      if (totals.shows(count)) {
        rows.add(List.of(count.word(), number(totals.counts().get(count))));
      }
    }
    rows.add(List.of("lost", number(totals.lost())));
    rows.add(List.of("unknown", number(totals.unknown())));
    rows.add(List.of("not sent in time", number(totals.behind())));
    rows.add(List.of("sent in the warm-up", number(totals.warmUp())));
    rows.add(
        List.of("time until the last that counts", Numbers.text(totals.seconds(), Unit.SECONDS)));
    rows.add(List.of("time of the run", Numbers.text(totals.runSeconds(), Unit.SECONDS)));
    rows.add(List.of("bodies a second", Numbers.bytes(totals.octetsRate())));
    return rows;
  }

  private static List<List<String>> latency(Latency latency) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("min", Numbers.micros(latency.min())));
    rows.add(List.of("mean", Numbers.micros(latency.mean())));
    for (double level : Latency.LEVELS) {
      rows.add(List.of(Latency.name(level), Numbers.micros(latency.at(level))));
    }
    rows.add(List.of("max", Numbers.micros(latency.max())));
    return rows;
  }

  private List<List<String>> environment() {
    Surroundings where = run.surroundings();
    return List.of(
        List.of("server", where.server()),
        List.of("broker", where.broker()),
        List.of("protocol", "STOMP " + where.protocol()),
        List.of("started at", run.startedAt()),
        List.of("Stompbox", where.stompbox()),
        List.of("Java", where.java()),
        List.of("system", where.os()),
        List.of("CPUs", String.valueOf(where.cpus())),
        List.of("heap at most", Numbers.bytes((double) where.maxHeap())));
  }

  private static List<List<String>> rows(Map<String, String> values) {
    return values.entrySet().stream()
        .map(value -> List.of(value.getKey(), value.getValue()))
        .toList();
  }

  private static String number(long number) {
    return Numbers.count(number);
  }
}
