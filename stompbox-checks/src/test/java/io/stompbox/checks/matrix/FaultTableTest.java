package io.stompbox.checks.matrix;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each fault of the matrix has its row, and what a row names shows that fault. */
class FaultTableTest {
  private static final List<String> FAULTS =
      List.of(
          ("F01 F02 F04 F05 F06 F07 F08 F10 F11 F13 F14 F15 F17 F18 F20 F21 F22 F23 F25 F26 F27"
                  + " F29 F31 F32 F33 F34 F35 F36 F37 F39 F40 F42 F43 F44 F47 F48 F49 F50 F51 F53")
              .split(" "));

  private static final Path CHECKS = FaultTable.root().resolve("stompbox-checks/src/test");

  /** The ids of a test, and its method. */
  private static final Pattern FAULT =
      Pattern.compile("@(?:[a-z.]+\\.)?Fault\\(([^)]*)\\)[^{;]*?void (\\w+)\\(", Pattern.DOTALL);

  @Test
  void eachFaultHasOneRowThatNamesWhatShowsIt() throws Exception {
    assertThat(FaultTable.read().rows())
        .extracting(FaultTable.Row::id)
        .containsExactlyElementsOf(FAULTS);
    assertThat(FaultTable.read().rows())
        .allSatisfy(
            row ->
                assertThat(Stream.concat(row.tests().stream(), row.scenarios().stream()))
                    .as(row.id())
                    .isNotEmpty());
  }

  @Test
  void scenariosAreThereAndCoverTheRowThatNamesThem() throws Exception {
    for (FaultTable.Row row : FaultTable.read().rows()) {
      for (String scenario : row.scenarios()) {
        String text =
            Files.readString(CHECKS.resolve("resources").resolve("scenarios").resolve(scenario));
        assertThat(text).as("%s of %s", scenario, row.id()).contains(" " + row.id());
      }
    }
  }

  @Test
  void testsOfAFaultAreNamedByItsRow() throws Exception {
    Map<String, List<String>> named =
        FaultTable.read().rows().stream().collect(toMap(FaultTable.Row::id, FaultTable.Row::tests));

    Map<String, List<String>> marked = marked();

    assertThat(marked).isNotEmpty();
    marked.forEach(
        (test, faults) ->
            assertThat(faults)
                .as("the faults of %s", test)
                .isNotEmpty()
                .allSatisfy(
                    fault ->
                        assertThat(named.get(fault))
                            .as(fault)
                            .containsAnyOf(test, test.replaceAll("\\..*", ""))));
  }

  /** Returns the ids of each test that is marked with {@link Fault}. */
  private static Map<String, List<String>> marked() throws IOException {
    Map<String, List<String>> marked = new TreeMap<>();
    try (Stream<Path> files = Files.walk(CHECKS.resolve("java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith("Test.java")).toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        for (MatchResult found : FAULT.matcher(text(file)).results().toList()) {
          List<String> ids =
              Arrays.stream(found.group(1).split("[^F0-9]+")).filter(id -> !id.isEmpty()).toList();
          marked.put(name + "." + found.group(2), ids);
        }
      }
    }
    return marked;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
