package io.stompbox.bench.scale;

import io.stompbox.bench.report.PromiseTable;
import io.stompbox.bench.report.Spread;
import io.stompbox.cli.report.ReportPage;
import io.stompbox.cli.report.Section;
import io.stompbox.cli.report.Section.Axis;
import io.stompbox.cli.report.Section.Chart;
import io.stompbox.cli.report.Section.Series;
import io.stompbox.cli.report.Section.Table;
import io.stompbox.cli.report.Section.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * How cost grows, as tables and as charts. What takes time is shown for each connection,
 * subscription or message too: where that stays the same, cost grows in proportion.
 */
final class ScaleReport {
  private static final String SECONDS = "s";
  private static final String KIBI = "KiB";
  private static final double MICROS_PER_SECOND = 1e6;
  private static final double OCTETS_PER_KIBI = 1024;

  private final Figures figures;

  ScaleReport(List<Point> points) {
    this.figures = new Figures(points);
  }

  /** Returns what has to be reached, and a table for each run. */
  String markdown() {
    StringBuilder text = new StringBuilder("Machine: " + machine() + ".\n");
    text.append("\n### Numbers to hold\n\n").append(NumbersToHold.of(figures).markdown());
    for (String run : figures.runs()) {
      Table table = table(run);
      text.append("\n### ").append(table.title()).append("\n\n");
      text.append(line(table.columns())).append("| --- |");
      text.append(" --: |".repeat(table.columns().size() - 1)).append("\n");
      table.rows().forEach(row -> text.append(line(row)));
    }
    return text.toString();
  }

  private String machine() {
    return String.join("; ", figures.machines());
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  /** Returns the curves, the tables below. */
  ReportPage page() {
    List<Section> sections = new ArrayList<>();
    sections.add(
        new Table(
            "Numbers to hold",
            PromiseTable.COLUMNS,
            NumbersToHold.of(figures).rows().stream().map(PromiseTable.Row::cells).toList()));
    for (String run : figures.runs()) {
      sections.add(
          curve(run, "time of each", Unit.MICROSECONDS, SECONDS, p -> p.value() * eachMicro(p)));
      sections.add(curve(run, "heap of each", Unit.BYTES, KIBI, p -> p.value() * OCTETS_PER_KIBI));
      sections.add(table(run));
    }
    sections.removeIf(section -> section instanceof Chart chart && chart.series().isEmpty());
    return new ReportPage(
        "How cost grows", machine() + ". A level line is cost in proportion.", sections);
  }

  private static double eachMicro(Point point) {
    return MICROS_PER_SECOND / point.n();
  }

  private Chart curve(
      String run, String what, Unit unit, String of, ToDoubleFunction<Point> value) {
    List<Series> series =
        figures.names(run).stream()
            .filter(figure -> figures.unit(run, figure).equals(of))
            .map(figure -> new Series(figure, curve(run, figure, value)))
            .toList();
    return new Chart(
        run + ": " + what,
        new Axis("how many", Unit.NUMBER, Section.Scale.LOG),
        new Axis(what, unit, Section.Scale.LINEAR),
        series,
        List.of());
  }

  private List<Section.Point> curve(String run, String figure, ToDoubleFunction<Point> value) {
    return figures.numbers(run).stream()
        .flatMap(
            n ->
                figures
                    .figure(run, figure, n, value)
                    .map(found -> new Section.Point(n, found.median()))
                    .stream())
        .toList();
  }

  private Table table(String run) {
    List<String> columns = new ArrayList<>(List.of(""));
    figures.numbers(run).forEach(n -> columns.add(String.format(Locale.ROOT, "%,d", n)));
    List<List<String>> rows = new ArrayList<>();
    for (String figure : figures.names(run)) {
      String unit = figures.unit(run, figure);
      rows.add(row(run, figure, figure + (unit.isEmpty() ? "" : ", " + unit), Point::value));
      if (unit.equals(SECONDS)) {
        rows.add(row(run, figure, figure + ", µs of each", p -> p.value() * eachMicro(p)));
      }
    }
    return new Table(run + ", JDK " + String.join(", ", figures.jdks(run)), columns, rows);
  }

  private List<String> row(String run, String figure, String title, ToDoubleFunction<Point> value) {
    List<String> cells = new ArrayList<>(List.of(title));
    figures
        .numbers(run)
        .forEach(
            n ->
                cells.add(
                    figures.figure(run, figure, n, value).map(ScaleReport::text).orElse("-")));
    return cells;
  }

  /** Three digits or so, and from least to most where these are not the same. */
  private static String text(Spread spread) {
    String median = number(spread.median());
    return spread.least() == spread.most()
        ? median
        : median + " (" + number(spread.least()) + ".." + number(spread.most()) + ")";
  }

  private static String number(double value) {
    boolean isLarge = Math.abs(value) >= 100 || value == Math.rint(value);
    String small = Math.abs(value) < 0.1 ? "%.4f" : "%.2f";
    return String.format(Locale.ROOT, isLarge ? "%,.0f" : small, value);
  }
}
