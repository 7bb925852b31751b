package io.stompbox.bench.codec.run;

import io.stompbox.bench.codec.CodecSubject;
import io.stompbox.bench.codec.CodecSubject.Kind;
import io.stompbox.bench.codec.subject.Subjects;
import io.stompbox.bench.report.PeerFigures;
import io.stompbox.bench.report.Spread;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** All measurements of a run, summed up. */
final class Figures {
  private final List<Measurement> measurements;

  Figures(List<Measurement> measurements) {
    this.measurements = List.copyOf(measurements);
  }

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

  /** Returns the CPU times of the peers that do this right. */
  PeerFigures peers(Work work, String corpus) {
    List<String> able =
        Subjects.all().stream()
            .filter(subject -> subject.kind() == Kind.PEER && work.suits(subject, corpus))
            .map(CodecSubject::name)
            .toList();
    return PeerFigures.of(able, name -> cpu(work, corpus, name));
  }
}
