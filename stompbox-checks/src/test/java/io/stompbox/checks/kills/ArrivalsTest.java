package io.stompbox.checks.kills;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArrivalsTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      textBlock =
          """
          # arrivals,      missing of 0 to 3, duplicated, disorder
          0 1 2 3,         0,                 0,          0
          0 1 3,           1,                 0,          0
          3,               3,                 0,          0
          0 1 2 1 2 3,     0,                 2,          0
          0 0 0 1 2 3,     0,                 2,          0
          0 2 1 3,         0,                 0,          1
          3 0 1 2,         0,                 0,          3
          0 2 1 1 3,       0,                 1,          1
          """)
  void everyCopyIsCounted(String numbers, int missing, int duplicated, int disorder) {
    BitSet expected = new BitSet();
    expected.set(0, 4);
    Arrivals arrivals = new Arrivals();

    List.of(numbers.split(" ")).forEach(number -> arrivals.add(Integer.parseInt(number)));

    assertThat(arrivals.missing(expected)).isEqualTo(missing);
    assertThat(arrivals.duplicates()).isEqualTo(duplicated);
    assertThat(arrivals.disorder()).isEqualTo(disorder);
  }
}
