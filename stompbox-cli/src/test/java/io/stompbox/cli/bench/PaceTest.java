package io.stompbox.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long MILLI = 1_000_000;

  private final ManualClock clock = new ManualClock();
  private final List<Long> waits = new ArrayList<>();

  private Pace pace(double perSecond) {
    return new Pace(clock::nanoTime, this::sleep, 0, perSecond);
  }

  private void sleep(long nanos) {
    waits.add(nanos);
    clock.advance(Duration.ofNanos(nanos));
  }

  private long turn(Pace pace) throws InterruptedException {
    long due = pace.due();
    pace.take(due);
    return due;
  }

  @Test
  void messagesAreDueEvenlySpreadWhateverTheyTake() throws InterruptedException {
    Pace pace = pace(1000);

    long first = turn(pace);
    clock.advance(Duration.ofNanos(MILLI / 2));
    long second = turn(pace);
    long third = turn(pace);

    assertThat(List.of(first, second, third)).containsExactly(0L, MILLI, 2 * MILLI);
    assertThat(waits).containsExactly(MILLI / 2, MILLI);
  }

  @Test
  void whoIsLateCatchesUpWithoutWaiting() throws InterruptedException {
    Pace pace = pace(1000);
    clock.advance(Duration.ofMillis(3));

    List<Long> due = List.of(turn(pace), turn(pace), turn(pace), turn(pace), turn(pace));

    assertThat(due).containsExactly(0L, MILLI, 2 * MILLI, 3 * MILLI, 4 * MILLI);
    assertThat(waits).containsExactly(MILLI);
  }

  @Test
  void withoutARateAMessageIsDueWhenItsTurnComes() throws InterruptedException {
    Pace pace = pace(0);
    clock.advance(Duration.ofMillis(7));

    assertThat(turn(pace)).isEqualTo(7 * MILLI);
    assertThat(waits).isEmpty();
  }

  @Test
  void producersThatShareARateTakeTurns() {
    Pace pace = pace(1000);

    assertThat(pace.share(0, 2).due()).isEqualTo(0);
    assertThat(pace.share(1, 2).due()).isEqualTo(MILLI);
  }

  @Test
  void aShareOfTwoProducersHasHalfTheRate() throws InterruptedException {
    Pace second = pace(1000).share(1, 2);

    assertThat(List.of(turn(second), turn(second))).containsExactly(MILLI, 3 * MILLI);
  }

  /**
   * One message each millisecond, answered at once; the tenth stalls the producer for 100 ms. What
   * was due meanwhile has waited, and half the messages of a stall show at least half of it.
   */
  @Test
  void aStallIsChargedWithAllThatHadToWait() throws InterruptedException {
    Timeline timeline = new Timeline(0, Duration.ZERO, null);
    Meter meter = new Meter(clock::nanoTime, timeline, new Tally());
    Pace pace = pace(1000);

    for (int i = 0; i < 200; i++) {
      long due = turn(pace);
      if (i == 10) {
        clock.advance(Duration.ofMillis(100));
      }
      meter.done(Count.CONFIRMED, due);
    }

    meter.sample();
    Histogram latency = meter.latency();
    assertThat(latency.getTotalCount()).isEqualTo(200);
    assertThat(latency.getCountBetweenValues(50 * MILLI, 101 * MILLI)).isBetween(49L, 53L);
    assertThat(latency.getCountBetweenValues(MILLI, 101 * MILLI)).isBetween(98L, 102L);
    assertThat(latency.getValueAtPercentile(45)).isZero();
  }
}
