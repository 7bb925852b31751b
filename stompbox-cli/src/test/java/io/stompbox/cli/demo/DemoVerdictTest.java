package io.stompbox.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DemoVerdictTest {
  private static final Set<DemoStep> ALL = EnumSet.allOf(DemoStep.class);

  private final DemoLedger ledger = new DemoLedger();

  @Test
  void everythingSentConfirmedAndReceivedPasses() {
    exchange(10);

    assertThat(DemoVerdict.of(10, ledger.tally(), ALL).isPassed()).isTrue();
  }

  @Test
  void duplicatesAndRedeliveriesAreCountedAndPass() {
    exchange(10);
    ledger.received("message 3", true);
    ledger.received("message 3", true);
    ledger.received("message 4", false);

    assertThat(ledger.tally()).isEqualTo(new DemoTally(10, 10, 10, 2, 0, 3));
    assertThat(DemoVerdict.of(10, ledger.tally(), ALL).isPassed()).isTrue();
  }

  @Test
  void lostMessageFailsEvenIfAnotherCameTwice() {
    exchange(9);
    ledger.sent("message 10");
    ledger.confirmed("message 10");
    ledger.received("message 1", false);

    assertThat(ledger.isComplete()).isFalse();
    assertThat(DemoVerdict.of(10, ledger.tally(), ALL).faults())
        .containsExactly("1 of 10 messages lost");
  }

  @Test
  void damagedBodyCountsAsLost() {
    exchange(9);
    ledger.sent("message 10");
    ledger.confirmed("message 10");
    ledger.received("massage 10", false);

    assertThat(DemoVerdict.of(10, ledger.tally(), ALL).faults())
        .containsExactly("1 of 10 messages lost");
  }

  @Test
  void unconfirmedMessageFails() {
    exchange(9);
    ledger.sent("message 10");
    ledger.received("message 10", false);

    assertThat(DemoVerdict.of(10, ledger.tally(), ALL).faults())
        .containsExactly("1 of 10 messages not confirmed");
  }

  @Test
  void messageThatWasNeverSentFails() {
    exchange(9);

    assertThat(DemoVerdict.of(10, ledger.tally(), ALL).faults())
        .containsExactly("1 of 10 messages never sent");
  }

  @ParameterizedTest
  @EnumSource(DemoStep.class)
  void stepThatWasNotSeenFailsAndIsNamed(DemoStep missing) {
    exchange(10);
    Set<DemoStep> seen = EnumSet.allOf(DemoStep.class);
    seen.remove(missing);

    assertThat(DemoVerdict.of(10, ledger.tally(), seen).faults())
        .containsExactly("not seen: " + missing.title());
  }

  private void exchange(int messages) {
    IntStream.rangeClosed(1, messages)
        .mapToObj(i -> "message " + i)
        .forEach(
            body -> {
              ledger.sent(body);
              ledger.confirmed(body);
              ledger.received(body, false);
            });
  }

  @Test
  void onlyCopiesThatTheCutConnectionHeldMayBeLeft() {
    ledger.acknowledged("id-1", 1);
    ledger.acknowledged("id-2", 1);
    ledger.acknowledged("id-2", 2);

    assertThat(ledger.mayBeLeft("id-1", 2)).isTrue();
    assertThat(ledger.mayBeLeft("never handed out", 2)).isTrue();
    assertThat(ledger.mayBeLeft("id-2", 2)).isFalse();
  }
}
