package io.stompbox.checks.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConformanceTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "conformance");
  private static final Path SPECIFICATION = FOLDER.resolve("spec-cases.jsonl");
  private static final Path SEEDS = FOLDER.resolve("seed-cases.jsonl");

  /** What follows from the same statements and decisions, and the other files leave out. */
  private static final Path OWN = FOLDER.resolve("own-cases.jsonl");

  private static final Set<String> CODEC = Set.of("decode", "encode", "roundtrip");

  private static Stream<Named<Line.Accepted>> codecCases() throws IOException {
    return cases().filter(named -> CODEC.contains(named.getPayload().section()));
  }

  private static Stream<Named<Line.Accepted>> otherCases() throws IOException {
    return cases().filter(named -> !CODEC.contains(named.getPayload().section()));
  }

  private static Stream<Named<Line.Accepted>> cases() throws IOException {
    return lines().stream()
        .filter(Line.Accepted.class::isInstance)
        .map(Line.Accepted.class::cast)
        .map(line -> Named.of(line.section() + " " + line.id() + " " + line.area(), line));
  }

  private static List<Line> lines() throws IOException {
    List<Line> lines = new ArrayList<>(Suite.read(SPECIFICATION));
    lines.addAll(Suite.read(SEEDS));
    lines.addAll(Suite.read(OWN));
    return lines;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("codecCases")
  void codecConforms(Line.Accepted line) {
    assertConforms(line);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("otherCases")
  void whatStandsOnTheCodecConforms(Line.Accepted line) {
    assertConforms(line);
  }

  private static void assertConforms(Line.Accepted line) {
    Result result = Suite.run(line);

    assertThat(result.failures()).isEmpty();
    assertThat(result.runs()).isNotEmpty();
  }

  @Test
  void everyLineIsACase() throws IOException {
    List<Line> lines = lines();

    assertThat(lines).hasSize(385 + 255 + 917);
    assertThat(lines).filteredOn(Line.Refused.class::isInstance).isEmpty();
  }

  @Test
  void everyCaseHasAnIdOfItsOwn() throws IOException {
    assertThat(cases()).extracting(named -> named.getPayload().id()).doesNotHaveDuplicates();
  }
}
