package io.stompbox.bench.endtoend.run;

import io.stompbox.bench.endtoend.ClientSubject;
import io.stompbox.bench.endtoend.ClientSubject.Kind;
import io.stompbox.bench.endtoend.Endpoint;
import io.stompbox.bench.endtoend.Scenario;
import io.stompbox.bench.endtoend.subject.Subjects;
import java.util.List;

/** What JVMs might have found. */
final class Samples {
  private Samples() {}

  /** With round trips that take one to four times a thousandth of the wall time. */
  static Sample of(String scenario, String subject, double nanos) {
    return at(Endpoint.SCRIPTED, scenario, subject, nanos);
  }

  static Sample at(String endpoint, String scenario, String subject, double nanos) {
    return new Sample(
        scenario,
        endpoint,
        subject,
        1,
        "a machine",
        "a JDK",
        1000,
        scenario.startsWith("receive") ? 1 : 0,
        nanos,
        nanos,
        321,
        0.5,
        0.01,
        3.5,
        scenario.startsWith("ping-pong") ? nanos / 1000 : 0,
        scenario.startsWith("ping-pong") ? 2 * nanos / 1000 : 0,
        scenario.startsWith("ping-pong") ? 3 * nanos / 1000 : 0,
        scenario.startsWith("ping-pong") ? 4 * nanos / 1000 : 0);
  }

  /** One of each peer that can do it. */
  static List<Sample> ofPeers(String scenario, double nanos) {
    return Subjects.all().stream()
        .filter(subject -> subject.kind() == Kind.PEER)
        .filter(subject -> subject.supports(Scenario.named(scenario)))
        .map(ClientSubject::name)
        .map(name -> of(scenario, name, nanos))
        .toList();
  }
}
