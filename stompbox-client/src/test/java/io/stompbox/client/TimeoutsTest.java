package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Limits that no clock can keep. */
class TimeoutsTest {
  static Stream<Named<UnaryOperator<Timeouts>>> settings() {
    Duration forever = ChronoUnit.FOREVER.getDuration();
    return Stream.of(
        Named.of("connect", timeouts -> timeouts.withConnect(forever)),
        Named.of("receipt", timeouts -> timeouts.withReceipt(forever)),
        Named.of("space", timeouts -> timeouts.withSpace(forever)),
        Named.of("delivery", timeouts -> timeouts.withDelivery(forever)),
        Named.of("writeStall", timeouts -> timeouts.withWriteStall(forever)),
        Named.of("frame", timeouts -> timeouts.withFrame(forever)),
        Named.of("idle", timeouts -> timeouts.withIdle(forever)),
        Named.of("close", timeouts -> timeouts.withClose(forever)));
  }

  /** The watch over a connection would end with the first sum that overflows, without a word. */
  @ParameterizedTest
  @MethodSource("settings")
  void foreverIsRefusedWhereItIsGiven(UnaryOperator<Timeouts> setting) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> setting.apply(Timeouts.defaults()))
        .withMessageContaining("must not be longer than 146 years");
  }

  @Test
  void aCenturyIsTaken() {
    Duration century = Duration.ofDays(36_500);

    assertThat(Timeouts.defaults().withIdle(century).idle()).isEqualTo(century);
  }
}
