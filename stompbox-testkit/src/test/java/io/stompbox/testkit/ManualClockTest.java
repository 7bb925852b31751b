package io.stompbox.testkit;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Time that only a test moves. */
@Timeout(60)
class ManualClockTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ManualClock clock = new ManualClock();
  private final List<String> done = new ArrayList<>();

  @Test
  void standsStillUntilItIsMoved() {
    assertThat(clock.nanoTime()).isZero();

    clock.advance(SECOND);

    assertThat(clock.nanoTime()).isEqualTo(SECONDS.toNanos(1));
  }

  @Test
  void tasksRunInTheirOrderEachAtItsTime() {
    schedule("late", 3);
    schedule("early", 1);
    schedule("too late", 4);

    clock.advance(Duration.ofSeconds(3));

    assertThat(done).containsExactly("early at 1s", "late at 3s");
  }

  @Test
  void aTaskIsNotRunAMomentBeforeItIsDue() {
    schedule("task", 1);

    clock.advance(SECOND.minusNanos(1));
    assertThat(done).isEmpty();
    clock.advance(Duration.ofNanos(1));

    assertThat(done).containsExactly("task at 1s");
  }

  @Test
  void whatTasksAskForRunsTooIfItIsDueByThen() {
    Future<?> outer = clock.timer().schedule(() -> schedule("inner", 1), 1, SECONDS);

    clock.advance(Duration.ofSeconds(2));

    assertThat(outer).isDone();
    assertThat(done).containsExactly("inner at 2s");
  }

  @Test
  void aTaskThatWasCancelledDoesNotRun() {
    Future<?> task = scheduled("task", 1);
    task.cancel(false);
    assertThat(clock.hasTask(SECOND)).isFalse();

    clock.advance(SECOND);

    assertThat(done).isEmpty();
  }

  @Test
  void saysWhetherSomethingIsDueWithinATime() {
    schedule("task", 5);

    assertThat(clock.hasTask(Duration.ofSeconds(5))).isTrue();
    assertThat(clock.hasTask(Duration.ofSeconds(4))).isFalse();
    clock.advance(SECOND);
    assertThat(clock.hasTask(Duration.ofSeconds(4))).isTrue();
  }

  @Test
  void waitsForTasksOfOtherThreads() throws Exception {
    Thread other = new Thread(() -> schedule("task", 1));
    other.start();

    clock.awaitTask(SECOND, Duration.ofSeconds(20));

    assertThat(clock.hasTask(SECOND)).isTrue();
    assertThatThrownBy(() -> clock.awaitTask(SECOND.minusNanos(1), Duration.ofMillis(20)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("nothing is due within PT0.999999999S");
  }

  @Test
  void refusesWhatItCannotDo() {
    Runnable nothing = () -> {};

    assertThatThrownBy(() -> clock.timer().scheduleAtFixedRate(nothing, 1, 1, NANOSECONDS))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> clock.timer().scheduleWithFixedDelay(nothing, 1, 1, NANOSECONDS))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> clock.timer().schedule(() -> "result", 1, NANOSECONDS))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private void schedule(String name, long seconds) {
    assertThat(scheduled(name, seconds)).isNotDone();
  }

  private Future<?> scheduled(String name, long seconds) {
    return clock
        .timer()
        .schedule(
            () -> {
              done.add(name + " at " + SECONDS.convert(clock.nanoTime(), NANOSECONDS) + "s");
            },
            seconds,
            SECONDS);
  }
}
