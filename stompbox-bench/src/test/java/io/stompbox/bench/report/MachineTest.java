package io.stompbox.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MachineTest {
  @Test
  void whatIsCountedAsOwnIsNotThatOfOthers() {
    Machine.Time before = new Machine.Time(0, 0, 0, 0);
    Machine.Time after = new Machine.Time(1000, 700, 0, 200);

    assertThat(after.othersSince(before)).isEqualTo(0.5);
    assertThat(after.plusOwn(400).othersSince(before.plusOwn(100))).isEqualTo(0.2);
  }
}
