package io.stompbox.protocol.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.protocol.session.HeartBeatMonitor.Due;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeartBeatMonitorTest {
  /** Exact, so that times in tests can be read: sends after the period, gives up after two. */
  private static final HeartBeatTolerance EXACT = new HeartBeatTolerance(1, 2, Duration.ZERO);

  private static final long START = 1_000_000_000_000L;

  private final HeartBeatMonitor beats = monitor(new HeartBeat(10, 20), EXACT, START);

  @Test
  void anyBytesFromTheBrokerCountAsAHeartBeat() {
    beats.onHeard(at(25));
    beats.onSent(at(60));

    assertThat(beats.due(at(64))).isEqualTo(Due.NOTHING);
    assertThat(beats.due(at(65))).isEqualTo(Due.GIVE_UP);
  }

  @Test
  void anyBytesToTheBrokerSpareAHeartBeat() {
    beats.onSent(at(7));

    assertThat(beats.due(at(16))).isEqualTo(Due.NOTHING);
    assertThat(beats.due(at(17))).isEqualTo(Due.SEND_HEART_BEAT);
  }

  @Test
  void heartBeatIsDueUntilOneIsSent() {
    assertThat(beats.due(at(10))).isEqualTo(Due.SEND_HEART_BEAT);
    assertThat(beats.due(at(11))).isEqualTo(Due.SEND_HEART_BEAT);

    beats.onSent(at(11));

    assertThat(beats.due(at(11))).isEqualTo(Due.NOTHING);
  }

  @Test
  void silenceIsCountedFromTheStartWhenNothingWasEverHeard() {
    beats.onSent(at(39));

    assertThat(beats.due(at(39))).isEqualTo(Due.NOTHING);
    assertThat(beats.due(at(40))).isEqualTo(Due.GIVE_UP);
  }

  @Test
  void givingUpComesBeforeSending() {
    assertThat(beats.due(at(100))).isEqualTo(Due.GIVE_UP);
  }

  @Test
  void noHeartBeatIsOwedToABrokerThatWantsNone() {
    HeartBeatMonitor listening = monitor(new HeartBeat(0, 20), EXACT, START);

    assertThat(listening.due(at(39))).isEqualTo(Due.NOTHING);
    assertThat(listening.nanosUntilDue(at(39))).isEqualTo(millis(1));
  }

  @Test
  void aBrokerThatPromisedNothingMayBeSilent() {
    HeartBeatMonitor sending = monitor(new HeartBeat(10, 0), EXACT, START);
    sending.onSent(at(1_000_000));

    assertThat(sending.due(at(1_000_009))).isEqualTo(Due.NOTHING);
    assertThat(sending.nanosUntilDue(at(1_000_009))).isEqualTo(millis(1));
  }

  @Test
  void withoutHeartBeatsNothingIsEverDue() {
    HeartBeatMonitor none = monitor(HeartBeat.NONE, HeartBeatTolerance.STANDARD, START);

    assertThat(none.due(at(1_000_000_000))).isEqualTo(Due.NOTHING);
    assertThat(none.nanosUntilDue(at(1_000_000_000))).isEqualTo(HeartBeatMonitor.NEVER);
  }

  @Test
  void nextDeadlineIsTheEarlierOfSendingAndGivingUp() {
    assertThat(beats.nanosUntilDue(at(0))).isEqualTo(millis(10));
    assertThat(beats.nanosUntilDue(at(4))).isEqualTo(millis(6));

    beats.onSent(at(35));

    assertThat(beats.nanosUntilDue(at(36))).as("gives up at 40").isEqualTo(millis(4));
    assertThat(beats.nanosUntilDue(at(40))).isZero();
    assertThat(beats.nanosUntilDue(at(500))).isZero();
  }

  @Test
  void whoSleepsUntilTheNextDeadlineMissesNothingAndWakesForNothing() {
    List<Long> sent = new ArrayList<>();
    long now = START;

    while (beats.due(now) != Due.GIVE_UP) {
      if (beats.due(now) == Due.SEND_HEART_BEAT) {
        beats.onSent(now);
        sent.add((now - START) / millis(1));
      } else {
        assertThat(beats.nanosUntilDue(now)).isPositive();
        now += beats.nanosUntilDue(now);
      }
    }

    assertThat(sent).containsExactly(10L, 20L, 30L);
    assertThat(now).isEqualTo(at(40));
  }

  @Test
  void tellsForHowLongNothingWasHeard() {
    beats.onHeard(at(7));

    assertThat(beats.silence(at(19))).isEqualTo(millis(12));
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE, 0, -1, Long.MAX_VALUE - 15_000_000})
  void clockMayWrapAround(long start) {
    HeartBeatMonitor wrapping = monitor(new HeartBeat(10, 20), EXACT, start);

    assertThat(wrapping.due(start)).isEqualTo(Due.NOTHING);
    assertThat(wrapping.due(start + millis(10) - 1)).isEqualTo(Due.NOTHING);
    assertThat(wrapping.nanosUntilDue(start + millis(4))).isEqualTo(millis(6));
    assertThat(wrapping.due(start + millis(10))).isEqualTo(Due.SEND_HEART_BEAT);
    wrapping.onSent(start + millis(35));
    wrapping.onHeard(start + millis(5));
    assertThat(wrapping.due(start + millis(45) - 1)).isEqualTo(Due.NOTHING);
    assertThat(wrapping.due(start + millis(45))).isEqualTo(Due.GIVE_UP);
    assertThat(wrapping.silence(start + millis(45))).isEqualTo(millis(40));
  }

  /** The reader may note a later time than the one that the watcher took a moment before. */
  @Test
  void aTimeFromTheFutureIsNoReasonToGiveUp() {
    beats.onHeard(at(50));
    beats.onSent(at(50));

    assertThat(beats.due(at(49))).isEqualTo(Due.NOTHING);
    assertThat(beats.nanosUntilDue(at(49))).isEqualTo(millis(11));
  }

  @Test
  void standardSendsAfterHalfOfThePeriod() {
    HeartBeatMonitor standard = monitor(new HeartBeat(500, 0), HeartBeatTolerance.STANDARD, START);

    assertThat(standard.due(at(250) - 1)).isEqualTo(Due.NOTHING);
    assertThat(standard.due(at(250))).isEqualTo(Due.SEND_HEART_BEAT);
  }

  @Test
  void standardGivesUpAfterTwoPeriodsAndASecond() {
    HeartBeatMonitor standard = monitor(new HeartBeat(0, 500), HeartBeatTolerance.STANDARD, START);

    assertThat(standard.due(at(2000) - 1)).isEqualTo(Due.NOTHING);
    assertThat(standard.due(at(2000))).isEqualTo(Due.GIVE_UP);
  }

  @ParameterizedTest(name = "{0} x {1} ms gives {2} ns")
  @CsvSource({
    "1, 500, 500000000",
    "0.5, 1, 500000",
    "1e-7, 1, 1",
    "1, 2147483647, 2147483647000000"
  })
  void periodIsExactAndNeverRoundedToNone(double sendAfter, int period, long nanos) {
    HeartBeatMonitor monitor =
        monitor(
            new HeartBeat(period, 0), new HeartBeatTolerance(sendAfter, 1, Duration.ZERO), START);

    assertThat(monitor.nanosUntilDue(START)).isEqualTo(nanos);
    assertThat(monitor.due(START + nanos)).isEqualTo(Due.SEND_HEART_BEAT);
  }

  @ParameterizedTest(name = "{0} periods and {1} s")
  @CsvSource({"Infinity, 0", "1e300, 0", "1, 9223372036854775807", "1e12, 9223372036"})
  void patienceWithoutEndDoesNotOverflow(double giveUpAfter, long graceSeconds) {
    HeartBeatMonitor patient =
        monitor(
            new HeartBeat(0, Integer.MAX_VALUE),
            new HeartBeatTolerance(1, giveUpAfter, Duration.ofSeconds(graceSeconds)),
            START);

    assertThat(patient.due(at(TimeUnit.DAYS.toMillis(3650)))).isEqualTo(Due.NOTHING);
    assertThat(patient.nanosUntilDue(START - millis(1))).isGreaterThan(TimeUnit.DAYS.toNanos(3650));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.5, 1.01, Double.NaN})
  void sendingMustComeBeforeThePeriodIsOver(double sendAfter) {
    assertThatThrownBy(() -> new HeartBeatTolerance(sendAfter, 2, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sendAfter must be above 0 and at most 1: " + sendAfter);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.99, 0, -1, Double.NaN})
  void givingUpMustNotComeBeforeThePeriodIsOver(double giveUpAfter) {
    assertThatThrownBy(() -> new HeartBeatTolerance(1, giveUpAfter, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("giveUpAfter must be at least 1: " + giveUpAfter);
  }

  @Test
  void graceMustNotBeNegative() {
    assertThatThrownBy(() -> new HeartBeatTolerance(1, 1, Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("grace must not be negative: PT-0.001S");
  }

  private static HeartBeatMonitor monitor(HeartBeat agreed, HeartBeatTolerance how, long now) {
    return new HeartBeatMonitor(agreed, how, now);
  }

  private static long at(long millis) {
    return START + millis(millis);
  }

  private static long millis(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
