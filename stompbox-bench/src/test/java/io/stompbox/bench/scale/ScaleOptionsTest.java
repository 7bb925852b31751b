package io.stompbox.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScaleOptionsTest {
  @ParameterizedTest
  @CsvSource({
    "--only,floods,there is no run 'floods'; there are [connections,",
    "--rounds,0,--rounds must be a whole number from 1",
    "--divisor,half,--divisor must be a whole number from 1",
    "--measure,perhaps,--measure must be yes or no",
    "--fast,yes,there is no option --fast"
  })
  void refusesOptionsThatMeanNothing(String option, String value, String message) {
    assertThatThrownBy(() -> new ScaleMain(List.of(option, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--html", "--json"})
  void aFolderIsRefusedBeforeAnythingIsMeasured(String option, @TempDir Path folder) {
    ScaleMain main = new ScaleMain(List.of("--only", "flood", option, folder.toString()));

    assertThatThrownBy(main::check)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(option + " is a folder, and must be a file: " + folder);
  }

  @Test
  void aJdkThatIsNotThereIsRefusedBeforeAnythingIsMeasured(@TempDir Path folder) {
    ScaleMain main = new ScaleMain(List.of("--only", "flood", "--jdk", folder.toString()));

    assertThatThrownBy(main::check)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--jdk must be the home of a JDK, ");
  }

  @Test
  void anOptionNeedsAValue() {
    assertThatThrownBy(() -> new ScaleMain(List.of("--rounds", "2", "--only")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("--only needs a value");
  }

  @Test
  void takesAllThatItNames() {
    assertThatCode(
            () ->
                new ScaleMain(
                    List.of(
                        "--only",
                        "flood,connections-17",
                        "--rounds",
                        "2",
                        "--divisor",
                        "100",
                        "--jdk",
                        "/jdk",
                        "--json",
                        "a",
                        "--html",
                        "b",
                        "--report",
                        "c",
                        "--measure",
                        "no")))
        .doesNotThrowAnyException();
  }

  @Test
  void eachNumberIsTenTimesTheOneBefore() {
    assertThat(ScaleRun.CONNECTIONS.numbers(1)).containsExactly(10L, 100L, 1000L, 10_000L);
    assertThat(ScaleRun.SUBSCRIPTIONS.numbers(1)).containsExactly(1000L, 10_000L, 100_000L);
    assertThat(ScaleRun.CONNECTIONS_17.numbers(100)).containsExactly(1L, 10L);
  }
}
