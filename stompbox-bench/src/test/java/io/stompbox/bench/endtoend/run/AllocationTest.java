package io.stompbox.bench.endtoend.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.bench.endtoend.Run;
import io.stompbox.bench.endtoend.Scenario;
import io.stompbox.bench.endtoend.subject.Subjects;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Octets that all threads of a client take from the heap for a message. They are exact where the
 * JVM does not optimise allocations away, as in these tests, and more than in the benchmarks, where
 * it does. The peer is a process of its own. What virtual threads take is counted for those that
 * carry them.
 */
class AllocationTest {
  private static final int MESSAGES = 5_000;

  private static Peers peers;

  @BeforeAll
  static void startPeer() throws Exception {
    peers = Peers.start(List.of());
  }

  @AfterAll
  static void stopPeer() throws Exception {
    peers.close();
  }

  /** A limit is some 5 % above what was measured; one that is far above it holds nothing. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"send-100, 330", "confirm-1k-100, 930", "receive-100, 760", "receive-1k-ack, 2050"})
  void aMessageTakesNoMoreThanItsLimitAndNotMuchLess(String name, long octets) throws Exception {
    Scenario scenario = Scenario.named(name);
    try (Run run = Subjects.named("stompbox").start(scenario, peers.of(scenario).get(0))) {
      run.prepare(MESSAGES);
      run.run(MESSAGES, nanos -> {});
      run.prepare(MESSAGES);
      HeapTaken before = HeapTaken.now();
      run.run(MESSAGES, nanos -> {});

      assertThat(HeapTaken.now().since(before) / MESSAGES).isBetween(octets * 7 / 10, octets);
    }
  }
}
