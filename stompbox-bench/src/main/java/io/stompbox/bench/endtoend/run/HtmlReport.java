package io.stompbox.bench.endtoend.run;

import io.stompbox.bench.endtoend.ClientSubject;
import io.stompbox.bench.endtoend.Scenario;
import io.stompbox.bench.endtoend.run.Figures.Cell;
import io.stompbox.bench.endtoend.subject.Subjects;
import io.stompbox.bench.report.PromiseTable;
import io.stompbox.bench.report.Spread;
import io.stompbox.cli.report.ReportPage;
import io.stompbox.cli.report.Section;
import io.stompbox.cli.report.Section.Axis;
import io.stompbox.cli.report.Section.Bar;
import io.stompbox.cli.report.Section.Bars;
import io.stompbox.cli.report.Section.Chart;
import io.stompbox.cli.report.Section.Note;
import io.stompbox.cli.report.Section.Point;
import io.stompbox.cli.report.Section.Scale;
import io.stompbox.cli.report.Section.Series;
import io.stompbox.cli.report.Section.Table;
import io.stompbox.cli.report.Section.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The samples of a run as a page of charts. */
final class HtmlReport {
  private static final double NANOS_PER_MICRO = 1000;

  /** Percentiles of round trips. */
  private static final Map<Double, ToDoubleFunction<Sample>> PERCENTILES =
      new TreeMap<>(
          Map.of(50.0, Sample::p50, 90.0, Sample::p90, 99.0, Sample::p99, 99.9, Sample::p999));

  private final Figures figures;
  private final List<Section> sections = new ArrayList<>();

  private HtmlReport(Figures figures) {
    this.figures = figures;
  }

  static ReportPage of(List<Sample> samples) {
    HtmlReport report = new HtmlReport(new Figures(samples));
    ClientReport text = new ClientReport(samples);
    report.sections.add(
        new Table(
            "Numbers to hold",
            PromiseTable.COLUMNS,
            text.holds().rows().stream().map(PromiseTable.Row::cells).toList()));
    report.figures.endpoints().forEach(report::endpoint);
    return new ReportPage(
        "Stompbox beside its peers", String.join(" ", text.circumstances()), report.sections);
  }

  private void endpoint(String endpoint) {
    sections.add(new Note(ClientReport.title(endpoint) + "; bars are medians of the rounds."));
    for (Scenario scenario : figures.scenarios(endpoint)) {
      Cell cell = new Cell(endpoint, scenario.name(), "");
      bars("CPU time a message", Unit.MICROSECONDS, cell, s -> s.cpuNanos() / NANOS_PER_MICRO);
      bars("heap taken a message", Unit.BYTES, cell, Sample::allocated);
      roundTrips(cell);
    }
  }

  private void bars(String what, Unit unit, Cell cell, ToDoubleFunction<Sample> value) {
    List<Bar> bars =
        subjects(cell)
            .flatMap(each -> figures.figure(each, value).map(f -> bar(each, f)).stream())
            .toList();
    sections.add(new Bars(cell.scenario() + ": " + what, unit, bars));
  }

  private static Bar bar(Cell cell, Spread figure) {
    return new Bar(cell.subject(), figure.least(), figure.median(), figure.most());
  }

  private Stream<Cell> subjects(Cell cell) {
    return Subjects.all().stream().map(ClientSubject::name).map(cell::of);
  }

  private void roundTrips(Cell cell) {
    List<Series> series =
        subjects(cell)
            .map(each -> new Series(each.subject(), percentiles(each)))
            .filter(line -> !line.points().isEmpty())
            .toList();
    if (!series.isEmpty()) {
      sections.add(
          new Chart(
              cell.scenario() + ": round trips",
              new Axis("percentile", Unit.PERCENT, Scale.PERCENTILE),
              new Axis("round trip", Unit.MICROSECONDS, Scale.LOG),
              series,
              List.of()));
    }
  }

  /** None for what has no round trips. */
  private List<Point> percentiles(Cell cell) {
    return PERCENTILES.entrySet().stream()
        .flatMap(
            percentile ->
                figures
                    .figure(cell, percentile.getValue())
                    .filter(figure -> figure.median() > 0)
                    .map(figure -> new Point(percentile.getKey(), figure.median()))
                    .stream())
        .toList();
  }
}
