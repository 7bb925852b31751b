package io.stompbox.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void theMedianIsTheMiddleOrBetweenTheTwoInIt() {
    assertThat(Spread.of(List.of(9.0, 1.0, 2.0))).hasValue(new Spread(2, 1, 9));
    assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 9.0))).hasValue(new Spread(3, 1, 9));
    assertThat(Spread.of(List.of(7.0))).hasValue(new Spread(7, 7, 7));
    assertThat(Spread.of(List.of())).isEmpty();
  }
}
