package io.stompbox.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.protocol.frame.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalsTest {
  private static Stamp stamp(int producer, int number) {
    return new Stamp("run", producer, number, 0);
  }

  @Test
  void whatWasSentAndDidNotComeIsMissing() {
    Arrivals arrivals = new Arrivals(1);
    arrivals.sent();
    arrivals.sent();
    arrivals.sent();
    arrivals.refused();

    arrivals.add(0, stamp(0, 0));

    assertThat(arrivals.missing()).isEqualTo(1);
  }

  @Test
  void aSecondCopyIsNoArrivalWhoeverGetsIt() {
    Arrivals arrivals = new Arrivals(1);
    arrivals.sent();

    assertThat(arrivals.add(0, stamp(0, 5))).isTrue();
    assertThat(arrivals.add(1, stamp(0, 5))).isFalse();
    assertThat(arrivals.add(0, stamp(1, 5))).isTrue();
  }

  @Test
  void eachConsumerOfATopicHasToGetEachMessage() {
    Arrivals arrivals = new Arrivals(2);
    arrivals.sent();

    assertThat(arrivals.add(0, stamp(0, 0))).isTrue();
    assertThat(arrivals.missing()).isEqualTo(1);
    assertThat(arrivals.add(1, stamp(0, 0))).isTrue();
    assertThat(arrivals.missing()).isZero();
  }

  @Test
  void whatTheBrokerMayNotHaveIsUnknownUntilItComes() {
    Arrivals arrivals = new Arrivals(2);
    for (int i = 0; i < 3; i++) {
      arrivals.sent();
    }
    arrivals.doubt(7, 1);
    arrivals.doubt(7, 2);

    arrivals.add(0, stamp(7, 1));

    assertThat(arrivals.missing()).isEqualTo(5);
    assertThat(arrivals.unknown()).isEqualTo(3);
  }

  @Test
  void aStampIsReadAsItWasWritten() {
    Stamp stamp = new Stamp("3k9", 12, 345_678, 9_876_543_210L);

    assertThat(Stamp.of(Headers.of(Stamp.HEADER, stamp.text()))).hasValue(stamp);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "a-1-2", "a-1-2-x", "a-1-99999999999-0", "a--1-2-3"})
  void whatIsNoStampIsNone(String text) {
    assertThat(Stamp.of(Headers.of(Stamp.HEADER, text))).isEmpty();
  }
}
