package io.stompbox.checks.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.checks.matrix.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each scenario that comes with the project. */
@Timeout(120)
@Tag(Fault.TAG)
class ScenariosTest {
  static List<Path> scenarios() throws IOException {
    return ScenariosMain.files(folder());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenarios")
  void isFulfilled(Path scenario) {
    assertThat(ScenariosMain.failures(scenario)).isEmpty();
  }

  private static Path folder() {
    return Stream.of(Path.of(""), Path.of("stompbox-checks"))
        .map(place -> place.resolve(Path.of("src", "test", "resources", "scenarios")))
        .filter(Files::isDirectory)
        .findFirst()
        .orElseThrow();
  }
}
