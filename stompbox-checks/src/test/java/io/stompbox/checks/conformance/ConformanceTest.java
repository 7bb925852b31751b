package io.stompbox.checks.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConformanceTest {
  private static final Path CASES =
      Path.of("src", "test", "resources", "conformance", "spec-cases.jsonl");

  private static Stream<Named<Case>> codecCases() throws IOException {
    return Suite.read(CASES).stream()
        .filter(tried -> !(tried instanceof Case.NotRun))
        .map(tried -> Named.of(tried.id() + " " + tried.area(), tried));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("codecCases")
  void codecConforms(Case tried) {
    Result result = Suite.run(tried);

    assertThat(result.failures()).isEmpty();
    assertThat(result.runs()).isNotEmpty();
  }

  @Test
  void everyLineOfTheFileIsACase() throws IOException {
    List<Case> cases = Suite.read(CASES);

    assertThat(cases).noneMatch(Case.Unreadable.class::isInstance).hasSize(385);
    assertThat(cases).filteredOn(tried -> !(tried instanceof Case.NotRun)).hasSize(171);
    assertThat(cases).extracting(Case::id).doesNotHaveDuplicates();
  }
}
