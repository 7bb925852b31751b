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

  private static Stream<Named<Line.Accepted>> codecCases() throws IOException {
    return Suite.read(CASES).stream()
        .filter(Line.Accepted.class::isInstance)
        .map(Line.Accepted.class::cast)
        .map(line -> Named.of(line.id() + " " + line.area(), line));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("codecCases")
  void codecConforms(Line.Accepted line) {
    Result result = Suite.run(line);

    assertThat(result.failures()).isEmpty();
    assertThat(result.runs()).isNotEmpty();
  }

  @Test
  void everyLineOfAKindThatIsRunIsACase() throws IOException {
    List<Line> lines = Suite.read(CASES);

    assertThat(lines).hasSize(385);
    assertThat(lines).filteredOn(Line.Accepted.class::isInstance).hasSizeGreaterThanOrEqualTo(171);
    assertThat(lines)
        .filteredOn(Line.Refused.class::isInstance)
        .allMatch(line -> ((Line.Refused) line).complaint().startsWith(Kinds.NOTHING_YET));
  }

  @Test
  void everyCaseHasAnIdOfItsOwn() throws IOException {
    assertThat(codecCases()).extracting(named -> named.getPayload().id()).doesNotHaveDuplicates();
  }
}
