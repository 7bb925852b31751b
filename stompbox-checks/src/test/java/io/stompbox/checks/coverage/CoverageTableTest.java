package io.stompbox.checks.coverage;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/coverage.md} to the rules of {@link CoverageTable}. */
class CoverageTableTest {

  private static final String TABLE = "docs/coverage.md";

  @Test
  void coverageTableKeepsItsRules() throws IOException {
    Path root = repositoryRoot();
    CoverageTable table = CoverageTable.parse(Files.readAllLines(root.resolve(TABLE)));

    assertThat(table.problems(new LinkedHashSet<>(ids()), TestSources.under(root)))
        .as(TABLE)
        .isEmpty();
  }

  @Test
  void noIdIsEverDropped() throws IOException {
    List<String> ids = ids();

    assertThat(ids).doesNotHaveDuplicates();
    assertThat(ids.stream().collect(groupingBy(id -> id.substring(0, id.indexOf('-')), counting())))
        .isEqualTo(
            Map.of("STOMPY", 51L, "TESSL", 22L, "STOMPPY", 110L, "STOMPEST", 106L, "SCLIENT", 54L));
  }

  @Test
  void testSourcesSeeThisTest() throws IOException {
    TestSources sources = TestSources.under(repositoryRoot());

    assertThat(sources.hasMethod("CoverageTableTest", "testSourcesSeeThisTest")).isTrue();
  }

  private static List<String> ids() throws IOException {
    try (InputStream resource = CoverageTableTest.class.getResourceAsStream("/coverage-ids.txt")) {
      byte[] bytes = Objects.requireNonNull(resource, "/coverage-ids.txt").readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    }
  }

  /** Maven runs a module's tests in the module, an IDE often in the root. */
  static Path repositoryRoot() {
    Path start = Path.of(System.getProperty("user.dir")).toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve(TABLE))) {
        return folder;
      }
    }
    throw new IllegalStateException(
        "no " + TABLE + " in " + start + " or above; run the tests inside the repository");
  }
}
