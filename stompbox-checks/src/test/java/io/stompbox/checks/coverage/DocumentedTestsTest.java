package io.stompbox.checks.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests and scenarios that documents give as proof exist. */
class DocumentedTestsTest {
  private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*Test)(?:\\.(\\w+))?`");
  private static final Pattern SCENARIO = Pattern.compile("`([a-z]\\d{2}-[a-z0-9-]+)`");

  @ParameterizedTest
  @ValueSource(strings = {"docs/brokers.md", "docs/cases.md", "docs/reliability.md"})
  void everyTestThatADocumentNamesIsThere(String document) throws IOException {
    Path root = CoverageTableTest.repositoryRoot();
    TestSources sources = TestSources.under(root);
    List<MatchResult> named =
        NAMED.matcher(Files.readString(root.resolve(document))).results().toList();

    assertThat(named)
        .isNotEmpty()
        .allSatisfy(
            test -> {
              assertThat(sources.hasClass(test.group(1))).as(test.group()).isTrue();
              assertThat(test.group(2) == null || sources.hasMethod(test.group(1), test.group(2)))
                  .as(test.group())
                  .isTrue();
            });
  }

  @Test
  void everyScenarioThatADocumentNamesIsThere() throws IOException {
    Path root = CoverageTableTest.repositoryRoot();
    Path scenarios = root.resolve("stompbox-checks/src/test/resources/scenarios");
    String document = Files.readString(root.resolve("docs/reliability.md"));
    List<String> named = SCENARIO.matcher(document).results().map(name -> name.group(1)).toList();

    assertThat(named)
        .isNotEmpty()
        .allSatisfy(name -> assertThat(scenarios.resolve(name + ".scenario")).exists());
  }
}
