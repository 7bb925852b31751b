package io.stompbox.bench.endtoend.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.bench.endtoend.ClientSubject;
import io.stompbox.bench.endtoend.Run;
import io.stompbox.bench.endtoend.Scenario;
import io.stompbox.bench.endtoend.Work;
import io.stompbox.bench.endtoend.subject.Subjects;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tells when a library's new version, or ours, can't do any more what is measured. */
class EverySubjectTest {
  private static final int MESSAGES = 50;
  private static final Set<Work> ROUND_TRIPS = EnumSet.of(Work.PING_PONG, Work.PING_PONG_CALLBACK);

  private static Peers peers;

  @BeforeAll
  static void startPeer() throws Exception {
    peers = Peers.start(List.of());
  }

  @AfterAll
  static void stopPeer() throws Exception {
    peers.close();
  }

  static Stream<Arguments> pairs() {
    return Scenario.ALL.stream()
        .flatMap(
            scenario ->
                Subjects.all().stream()
                    .filter(subject -> subject.supports(scenario))
                    .map(subject -> Arguments.of(subject.name(), scenario.name())));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("pairs")
  void doesItsScenarioAgainAndAgain(String name, String scenarioName) throws Exception {
    ClientSubject subject = Subjects.named(name);
    Scenario scenario = Scenario.named(scenarioName);
    List<Thread> timedBy = Collections.synchronizedList(new ArrayList<>());

    try (Run run = subject.start(scenario, peers.of(scenario).get(0))) {
      for (int i = 0; i < 2; i++) {
        run.prepare(MESSAGES);
        run.run(MESSAGES, nanos -> timedBy.add(Thread.currentThread()));
      }
    }

    assertThat(timedBy).hasSize(ROUND_TRIPS.contains(scenario.work()) ? 2 * MESSAGES : 0);
    if (scenario.work() == Work.PING_PONG) {
      assertThat(timedBy).containsOnly(Thread.currentThread());
    }
  }
}
