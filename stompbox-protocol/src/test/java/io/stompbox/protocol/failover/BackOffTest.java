package io.stompbox.protocol.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.protocol.failover.BackOff.Jitter;
import io.stompbox.protocol.failover.BackOff.Rhythm;
import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackOffTest {
  private static final Jitter NONE = new Jitter.None();
  private static final Jitter FULL = new Jitter.Full();
  private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
  private static final Duration LONGEST_IN_NANOS = Duration.ofNanos(Long.MAX_VALUE);

  /** Delays in ms of retries 1, 2, 3 …, for one value of chance. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("delays")
  void waits(String name, BackOff backOff, double random, double[] expected) {
    double[] delays =
        IntStream.rangeClosed(1, expected.length)
            .mapToDouble(retry -> backOff.delay(retry, random).toNanos() / 1e6)
            .toArray();

    assertThat(delays).containsExactly(expected);
  }

  static Stream<Arguments> delays() {
    return Stream.of(
        row("doubled to the cap", backOff(10, 100, 2, NONE), 0.9, 10, 20, 40, 80, 100, 100),
        row("not multiplied", backOff(3, 100, 1, NONE), 0.9, 3, 3, 3),
        row("multiplied by three", backOff(7, 1000, 3, NONE), 0.9, 7, 21, 63, 189),
        row("shrinking", backOff(1000, 1000, 0.5, NONE), 0.9, 1000, 500, 250),
        row("only the first", backOff(10, 100, 0, NONE), 0.9, 10, 0, 0),
        row("starts above the cap", backOff(50, 20, 2, NONE), 0.9, 20, 20),
        row("starts at zero", backOff(0, 20, 2, NONE), 0.9, 0, 0, 0),
        row("starts below zero", backOff(-5, 20, 2, NONE), 0.9, 0, 0, 0),
        row("cap below zero", backOff(5, -20, 2, NONE), 0.9, 0, 0),
        row("added, least", backOff(10, 100, 2, adding(4)), 0, 10, 20, 40, 80, 100),
        row("added, half", backOff(10, 100, 2, adding(4)), 0.5, 12, 22, 42, 82, 100),
        row("added before the cap", backOff(98, 100, 1, adding(4)), 0.75, 100, 100),
        row("added to zero", backOff(0, 100, 2, adding(4)), 0.5, 2, 2),
        row("added to less than zero", backOff(-5, 100, 2, adding(4)), 0.5, 2, 2),
        row("proportional, least", backOff(10, 30, 2, share(0.1)), 0, 10, 20, 30, 30),
        row("proportional, half", backOff(10, 30, 2, share(0.1)), 0.5, 10.5, 21, 31.5, 31.5),
        row("proportional, most", backOff(1000, 5000, 2, share(0.1)), 1, 1100, 2200, 4400, 5500),
        row("full, least", backOff(10, 30, 2, FULL), 0, 0, 0, 0, 0),
        row("full, half", backOff(10, 30, 2, FULL), 0.5, 5, 10, 15, 15));
  }

  /** The measured delays of stomp.py, in ms. */
  @Test
  void stompPyGrowsByHalfToAMinute() {
    BackOff backOff = ReconnectPolicy.stompPy().backOff();
    double[] expected = {
      100,
      150,
      225,
      337.5,
      506.25,
      759.375,
      1139.0625,
      1708.59375,
      2562.890625,
      3844.335938,
      5766.503906,
      8649.755859,
      12974.633789,
      19461.950684,
      29192.926025,
      43789.389038,
      60000,
      60000
    };

    for (int retry = 1; retry <= expected.length; retry++) {
      assertThat(backOff.delay(retry, 0).toNanos() / 1e6)
          .as("retry %d", retry)
          .isEqualTo(expected[retry - 1]);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("extremes")
  void farRetriesStayBetweenNothingAndTheLongest(
      String name, BackOff backOff, Duration least, Duration most) {
    for (int retry : new int[] {1, 2, 63, 64, 1024, 1025, 10_000, Integer.MAX_VALUE}) {
      for (double random : new double[] {0, 0.5, Math.nextDown(1.0)}) {
        assertThat(backOff.delay(retry, random))
            .as("retry %d with %s", retry, random)
            .isBetween(least, most);
      }
    }
    assertThat(backOff.delay(10_000, Math.nextDown(1.0))).isBetween(shorter(most), most);
  }

  /** Some rounding may be lost. */
  private static Duration shorter(Duration most) {
    return most.minus(most.dividedBy(1_000_000));
  }

  static Stream<Arguments> extremes() {
    Duration second = Duration.ofSeconds(1);
    Duration minute = Duration.ofMinutes(1);
    double huge = Double.MAX_VALUE;
    return Stream.of(
        extreme("doubled", new BackOff(second, minute, 2, NONE), second, minute),
        extreme("full", new BackOff(second, minute, 2, FULL), Duration.ZERO, minute),
        extreme("huge multiplier", new BackOff(second, minute, huge, NONE), second, minute),
        extreme(
            "huge, proportional",
            new BackOff(second, minute, huge, share(1)),
            second,
            minute.multipliedBy(2)),
        extreme("huge, added", new BackOff(second, minute, huge, adding(1)), second, minute),
        extreme(
            "huge share", new BackOff(second, minute, 2, share(huge)), second, LONGEST_IN_NANOS),
        extreme("no cap", new BackOff(second, LONGEST, 2, NONE), second, LONGEST_IN_NANOS),
        extreme("all longest", new BackOff(LONGEST, LONGEST, 2, NONE), second, LONGEST_IN_NANOS),
        extreme("nothing doubled", backOff(0, 60, 2, NONE), Duration.ZERO, Duration.ZERO),
        extreme("less doubled", backOff(-1, 60, 2, FULL), Duration.ZERO, Duration.ZERO),
        extreme("nothing by huge", backOff(0, 60, huge, share(1)), Duration.ZERO, Duration.ZERO),
        extreme(
            "nothing doubled, added",
            backOff(0, 60, 2, adding(4)),
            Duration.ZERO,
            Duration.ofMillis(4)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("jitters")
  void chanceSpreadsDelaysEvenly(String name, Jitter jitter, double least, double most) {
    BackOff backOff = backOff(10, 1000, 1, jitter);
    Random random = new Random(42);

    double[] delays =
        random
            .doubles(10_000)
            .map(chance -> backOff.delay(1, chance).toNanos() / 1e6)
            .sorted()
            .toArray();

    assertThat(delays[0]).isBetween(least, least + (most - least) / 100);
    assertThat(delays[5_000])
        .isBetween(least + (most - least) * 0.48, least + (most - least) * 0.52);
    assertThat(delays[9_999]).isBetween(most - (most - least) / 100, Math.nextDown(most));
  }

  static Stream<Arguments> jitters() {
    return Stream.of(
        Arguments.of("added", adding(4), 10, 14),
        Arguments.of("proportional", share(0.1), 10, 11),
        Arguments.of("full", FULL, 0, 10));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void factorsMustBeNumbersFromZero(double factor) {
    assertThatThrownBy(() -> backOff(1, 1, factor, NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("multiplier must be at least 0: " + factor);
    assertThatThrownBy(() -> share(factor))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("share must be at least 0: " + factor);
  }

  @Test
  void addedJitterMustNotBeNegative() {
    assertThatThrownBy(() -> adding(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("jitter must not be negative: PT-0.001S");
  }

  @Test
  void eachRetryWaitsUnlessSaidOtherwise() {
    assertThat(backOff(1, 1, 1, NONE).rhythm()).isEqualTo(Rhythm.EACH_RETRY);
  }

  private static Arguments row(String name, BackOff backOff, double random, double... expected) {
    return Arguments.of(name, backOff, random, expected);
  }

  private static Arguments extreme(String name, BackOff backOff, Duration least, Duration most) {
    return Arguments.of(name, backOff, least, most);
  }

  private static BackOff backOff(long initial, long most, double multiplier, Jitter jitter) {
    return new BackOff(Duration.ofMillis(initial), Duration.ofMillis(most), multiplier, jitter);
  }

  private static Jitter adding(long millis) {
    return new Jitter.Additive(Duration.ofMillis(millis));
  }

  private static Jitter share(double share) {
    return new Jitter.Proportional(share);
  }
}
