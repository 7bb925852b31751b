package io.stompbox.bench.codec.run;

import io.stompbox.bench.codec.CodecSubject.Kind;
import io.stompbox.bench.codec.subject.Subjects;
import io.stompbox.bench.report.Spread;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** All measurements of a run, summed up. */
final class Figures {
  private final List<Measurement> measurements;

  Figures(List<Measurement> measurements) {
    this.measurements = List.copyOf(measurements);
  }

  /** A peer and its figure. */
  record Peer(String name, double median) {}

  List<Measurement> all() {
    return measurements;
  }

  /** Returns a figure; empty if it was not measured. */
  Optional<Spread> figure(
      Work work, String corpus, String subject, ToDoubleFunction<Measurement> value) {
    List<Double> values =
        measurements.stream()
            .filter(m -> m.work().equals(work.option()))
            .filter(m -> m.corpus().equals(corpus) && m.subject().equals(subject))
            .map(value::applyAsDouble)
            .toList();
    return Spread.of(values);
  }

  Optional<Spread> cpu(Work work, String corpus, String subject) {
    return figure(work, corpus, subject, Measurement::cpuNanos);
  }

  /** Returns the peer with the lowest CPU time. */
  Optional<Peer> bestPeer(Work work, String corpus) {
    return Subjects.all().stream()
        .filter(subject -> subject.kind() == Kind.PEER)
        .flatMap(
            subject ->
                cpu(work, corpus, subject.name())
                    .map(figure -> new Peer(subject.name(), figure.median()))
                    .stream())
        .min(Comparator.comparingDouble(Peer::median));
  }
}
