package io.stompbox.bench.endtoend.run;

import io.stompbox.bench.endtoend.ClientSubject;
import io.stompbox.bench.endtoend.ClientSubject.Kind;
import io.stompbox.bench.endtoend.Scenario;
import io.stompbox.bench.endtoend.subject.Subjects;
import io.stompbox.bench.report.PeerFigures;
import io.stompbox.bench.report.Spread;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** All samples of a run, summed up. */
final class Figures {
  private final List<Sample> samples;

  Figures(List<Sample> samples) {
    this.samples = List.copyOf(samples);
  }

  List<Sample> all() {
    return samples;
  }

  /** The endpoints that clients talked to, in the order of the run. */
  List<String> endpoints() {
    return samples.stream().map(Sample::endpoint).distinct().toList();
  }

  /** The scenarios that were measured at an endpoint, in the order of their list. */
  List<Scenario> scenarios(String endpoint) {
    return Scenario.ALL.stream()
        .filter(
            scenario ->
                samples.stream()
                    .anyMatch(
                        sample ->
                            sample.endpoint().equals(endpoint)
                                && sample.scenario().equals(scenario.name())))
        .toList();
  }

  /** Returns a figure of the rounds; empty if it was not measured. */
  Optional<Spread> figure(Cell cell, ToDoubleFunction<Sample> value) {
    return Spread.of(samples.stream().filter(cell::holds).map(value::applyAsDouble).toList());
  }

  /**
   * One client in one scenario.
   *
   * @param endpoint whom it talked to
   */
  record Cell(String endpoint, String scenario, String subject) {
    private boolean holds(Sample sample) {
      return sample.endpoint().equals(endpoint)
          && sample.scenario().equals(scenario)
          && sample.subject().equals(subject);
    }

    Cell of(String otherSubject) {
      return new Cell(endpoint, scenario, otherSubject);
    }
  }

  /** Returns the figures of the peers that can do the scenario. */
  PeerFigures peers(Cell cell, ToDoubleFunction<Sample> value) {
    Scenario scenario = Scenario.named(cell.scenario());
    List<String> able =
        Subjects.all().stream()
            .filter(subject -> subject.kind() == Kind.PEER && subject.supports(scenario))
            .map(ClientSubject::name)
            .toList();
    return PeerFigures.of(able, name -> figure(cell.of(name), value));
  }
}
