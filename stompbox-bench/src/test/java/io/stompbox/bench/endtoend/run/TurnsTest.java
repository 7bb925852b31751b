package io.stompbox.bench.endtoend.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TurnsTest {
  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 10})
  void eachRoundBeginsWithSomebodyElse(int size) {
    List<Integer> all = IntStream.range(0, size).boxed().toList();
    Set<Integer> first = new TreeSet<>();

    for (int round = 1; round <= 3; round++) {
      List<Integer> turns = Turns.of(all, round);
      assertThat(turns).containsExactlyInAnyOrderElementsOf(all);
      first.add(turns.get(0));
    }

    assertThat(first).hasSize(3);
  }

  @Test
  void theFirstRoundIsInOrder() {
    assertThat(Turns.of(List.of("a", "b", "c"), 1)).containsExactly("a", "b", "c");
  }
}
