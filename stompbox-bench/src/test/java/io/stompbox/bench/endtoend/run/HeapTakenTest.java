package io.stompbox.bench.endtoend.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HeapTakenTest {
  @Test
  void aThreadThatHasEndedLowersNothingAndANewOneCountsWhole() {
    HeapTaken before = new HeapTaken(Map.of(1L, 4L, 2L, 100L));
    HeapTaken after = new HeapTaken(Map.of(1L, 10L, 3L, 7L));

    assertThat(after.since(before)).isEqualTo(6 + 7);
  }
}
