package io.stompbox.bench.endtoend.run;

import static java.util.stream.Collectors.joining;

import io.stompbox.bench.endtoend.ClientSubject;
import io.stompbox.bench.endtoend.Endpoint;
import io.stompbox.bench.endtoend.Scenario;
import io.stompbox.bench.endtoend.run.Figures.Cell;
import io.stompbox.bench.endtoend.subject.Subjects;
import io.stompbox.bench.report.PromiseTable;
import io.stompbox.bench.report.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The client part of the document with benchmarks, in Markdown. */
final class ClientReport {
  private final Figures figures;

  ClientReport(List<Sample> samples) {
    this.figures = new Figures(samples);
  }

  /** Returns the table of what was promised. */
  PromiseTable holds() {
    return NumbersToHold.of(figures);
  }

  /** Returns Stompbox beside each of the others, as a list of sentences that may be quoted. */
  String ratios() {
    return new Ratios(figures).list();
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append(circumstances().stream().map(line -> "* " + line + "\n").collect(joining()));
    text.append("\n### Numbers to hold\n\n").append(holds().markdown());
    text.append("\n### Stompbox beside the others\n\n").append(ratios());
    for (String endpoint : figures.endpoints()) {
      text.append("\n### ").append(title(endpoint)).append("\n");
      section(text, endpoint, "CPU nanoseconds a message", this::spread, Sample::cpuNanos);
      section(text, endpoint, "Wall nanoseconds a message", this::spread, Sample::wallNanos);
      section(
          text, endpoint, "Octets taken from the heap a message", this::whole, Sample::allocated);
      roundTrips(text, endpoint);
    }
    return text.append("\n### The clients\n\n").append(subjects()).toString();
  }

  static String title(String endpoint) {
    return endpoint.equals(Endpoint.SCRIPTED) ? "Against a scripted peer" : "Against " + endpoint;
  }

  /** Returns where and how it was measured, a sentence each. */
  List<String> circumstances() {
    List<Double> others = figures.all().stream().map(Sample::others).sorted().toList();
    long rounds = figures.all().stream().mapToLong(Sample::round).max().orElse(0);
    return List.of(
        "Machine: " + each(Sample::machine) + ".",
        "JDK: " + each(Sample::jdk) + ".",
        "Rounds: " + rounds + ", each figure in a JVM of its own, the order of clients rotated.",
        warmUp(),
        brokers(),
        String.format(
            Locale.ROOT,
            "Noise: other processes besides the peer had %.0f %% of the machine in the median JVM and"
                + " %.0f %% in the worst; the host took %.1f %% at most; the load was up to"
                + " %.1f.",
            others.isEmpty() ? 0 : 100 * Spread.median(others),
            others.isEmpty() ? 0 : 100 * others.get(others.size() - 1),
            100 * most(Sample::steal),
            most(Sample::load)));
  }

  /** Results of several machines may have been put together. */
  private String each(Function<Sample, String> value) {
    return figures.all().stream().map(value).distinct().collect(joining("; "));
  }

  private String warmUp() {
    long unquiet = figures.all().stream().mapToLong(Sample::unquiet).sum();
    return unquiet == 0
        ? "Warm-up: every JVM was quiet before it measured."
        : String.format(
            Locale.ROOT,
            "Warm-up: %d of %d JVMs were not quiet after %.0f s of CPU time, and measured then.",
            unquiet,
            figures.all().size(),
            Stopwatch.MOST_WARM_UP_SECONDS);
  }

  private String brokers() {
    List<String> measured = new ArrayList<>(figures.endpoints());
    measured.remove(Endpoint.SCRIPTED);
    List<String> missing = new ArrayList<>(Options.BROKERS);
    missing.removeAll(measured);
    if (measured.isEmpty()) {
      return "Brokers: none; --full or brokers= measures with them.";
    }
    return "Brokers: "
        + String.join(", ", measured)
        + "."
        + (missing.isEmpty() ? "" : " Not measured: " + String.join(", ", missing) + ".")
        + (missing.contains("rabbitmq")
            ? " RabbitMQ has to be installed, by Debian's package rabbitmq-server."
            : "");
  }

  private double most(ToDoubleFunction<Sample> value) {
    return figures.all().stream().mapToDouble(value).max().orElse(0);
  }

  private void section(
      StringBuilder text,
      String endpoint,
      String what,
      Function<Spread, String> format,
      ToDoubleFunction<Sample> value) {
    List<Scenario> scenarios = figures.scenarios(endpoint);
    text.append("\n").append(what).append(".\n\n");
    head(text, scenarios.stream().map(Scenario::name).toList());
    for (ClientSubject subject : Subjects.all()) {
      List<Optional<String>> cells =
          scenarios.stream()
              .map(scenario -> new Cell(endpoint, scenario.name(), subject.name()))
              .map(cell -> figures.figure(cell, value).map(format))
              .toList();
      row(text, subject.name(), cells);
    }
  }

  private void roundTrips(StringBuilder text, String endpoint) {
    for (Scenario scenario : figures.scenarios(endpoint)) {
      if (!scenario.name().startsWith("ping-pong")) {
        continue;
      }
      text.append("\nMicroseconds of a round trip, ").append(scenario.name()).append(".\n\n");
      head(text, List.of("p50", "p90", "p99", "p99.9"));
      for (ClientSubject subject : Subjects.all()) {
        Cell cell = new Cell(endpoint, scenario.name(), subject.name());
        List<ToDoubleFunction<Sample>> columns =
            List.of(Sample::p50, Sample::p90, Sample::p99, Sample::p999);
        row(
            text,
            subject.name(),
            columns.stream()
                .map(column -> figures.figure(cell, column).map(this::spread))
                .toList());
      }
    }
  }

  private static void head(StringBuilder text, List<String> columns) {
    text.append("| | ")
        .append(String.join(" | ", columns))
        .append(" |\n|---|")
        .append("--:|".repeat(columns.size()))
        .append("\n");
  }

  /** Adds a row, unless there is nothing in it. */
  private static void row(StringBuilder text, String name, List<Optional<String>> cells) {
    if (cells.stream().anyMatch(Optional::isPresent)) {
      text.append("| ")
          .append(name)
          .append(" | ")
          .append(cells.stream().map(cell -> cell.orElse("-")).collect(joining(" | ")))
          .append(" |\n");
    }
  }

  private String spread(Spread figure) {
    return String.format(
        Locale.ROOT, "%.0f (%.0f..%.0f)", figure.median(), figure.least(), figure.most());
  }

  private String whole(Spread figure) {
    return String.format(Locale.ROOT, "%.0f", figure.median());
  }

  private static String subjects() {
    StringBuilder list = new StringBuilder();
    for (ClientSubject subject : Subjects.all()) {
      list.append("* **").append(subject.name()).append("**: ").append(subject.notes());
      list.append(".\n");
    }
    return list.toString();
  }
}
