package io.stompbox.checks.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.checks.scenarios.ScenariosMain;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The document of the format has every statement, and examples that work. */
class ScenariosDocumentTest {
  private static final Pattern EXAMPLE = Pattern.compile("```scenario\\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void itsExamplesAreFulfilled() throws Exception {
    List<String> examples =
        EXAMPLE.matcher(document()).results().map((MatchResult found) -> found.group(1)).toList();
    assertThat(examples).isNotEmpty();
    for (int i = 0; i < examples.size(); i++) {
      Files.writeString(folder.resolve(i + ".scenario"), examples.get(i));
    }

    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    int status = ScenariosMain.run(List.of(folder.toString()), out, out);

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .isEqualToIgnoringNewLines(examples.size() + " passed, 0 failed");
    assertThat(status).isZero();
  }

  static List<String> statements() {
    return ScenariosMain.statements();
  }

  @ParameterizedTest
  @MethodSource("statements")
  void itHasTheStatement(String usage) throws Exception {
    assertThat(document().replaceAll("\\n  ", " ")).contains("* `" + usage + "`");
  }

  private static String document() throws Exception {
    Path file =
        Stream.of(Path.of("docs"), Path.of("..", "docs"))
            .map(place -> place.resolve("scenarios.md"))
            .filter(Files::exists)
            .findFirst()
            .orElseThrow();
    return Files.readString(file);
  }
}
