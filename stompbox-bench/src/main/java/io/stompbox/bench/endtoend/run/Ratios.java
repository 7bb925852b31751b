package io.stompbox.bench.endtoend.run;

import static java.util.stream.Collectors.joining;

import io.stompbox.bench.endtoend.ClientSubject;
import io.stompbox.bench.endtoend.ClientSubject.Kind;
import io.stompbox.bench.endtoend.Endpoint;
import io.stompbox.bench.endtoend.Scenario;
import io.stompbox.bench.endtoend.Work;
import io.stompbox.bench.endtoend.run.Figures.Cell;
import io.stompbox.bench.endtoend.subject.Subjects;
import io.stompbox.bench.report.Ratio;
import io.stompbox.bench.report.Spread;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** What Stompbox needs beside each of the others, with a fast peer. */
final class Ratios {
  private static final String SUBJECT = Subjects.all().get(0).name();

  private static final Set<Work> ROUND_TRIPS = EnumSet.of(Work.PING_PONG, Work.PING_PONG_CALLBACK);

  private final Figures figures;

  Ratios(Figures figures) {
    this.figures = figures;
  }

  /** One of the others. */
  private record Other(String name, Ratio ratio) {
    @Override
    public String toString() {
      return ratio + " " + name;
    }
  }

  /** Returns an item for each scenario, in Markdown, the nearest of the others first. */
  String list() {
    return figures.scenarios(Endpoint.SCRIPTED).stream().map(this::item).collect(joining());
  }

  private String item(Scenario scenario) {
    boolean isRoundTrip = ROUND_TRIPS.contains(scenario.work());
    ToDoubleFunction<Sample> value = isRoundTrip ? Sample::wallNanos : Sample::cpuNanos;
    Cell cell = new Cell(Endpoint.SCRIPTED, scenario.name(), SUBJECT);
    Optional<Spread> own = figures.figure(cell, value);
    String others =
        own.map(figure -> others(cell, figure, value).map(Other::toString).collect(joining(", ")))
            .orElse("");
    return others.isEmpty()
        ? ""
        : "* "
            + scenario.name()
            + (isRoundTrip ? ", time" : ", CPU time")
            + " of "
            + SUBJECT
            + ": "
            + others
            + ".\n";
  }

  private Stream<Other> others(Cell cell, Spread own, ToDoubleFunction<Sample> value) {
    return Subjects.all().stream()
        .filter(subject -> subject.kind() != Kind.OWN)
        .map(ClientSubject::name)
        .flatMap(
            name ->
                figures
                    .figure(cell.of(name), value)
                    .map(figure -> new Other(name, new Ratio(own.median(), figure.median())))
                    .stream())
        .sorted(Comparator.comparingDouble(other -> -other.ratio().value()));
  }
}
