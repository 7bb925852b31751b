package io.stompbox.checks.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that documents give as proof exist. */
class DocumentedTestsTest {
  private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*Test)(?:\\.(\\w+))?`");

  @ParameterizedTest
  @ValueSource(strings = {"docs/brokers.md", "docs/reliability.md"})
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
}
