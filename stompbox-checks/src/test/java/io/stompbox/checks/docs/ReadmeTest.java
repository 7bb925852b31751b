package io.stompbox.checks.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.testkit.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTest {
  private static final Pattern PROGRAM =
      Pattern.compile("```java\\n(import .*?)```", Pattern.DOTALL);

  private static final Pattern SCRIPT =
      Pattern.compile("```java\\n(try \\(ScriptedBroker.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void theProgramCompilesAndPrintsWhatItSent() throws Exception {
    String program = program();
    assertThat(program.lines()).hasSizeLessThanOrEqualTo(17);
    Program hello = Program.compile(folder, "Hello", program);

    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      assertThat(hello.run(broker.uri())).isEqualTo("hello" + System.lineSeparator());
    }
  }

  @Test
  void theScriptOfABrokerCompilesAndIsPlayed() throws Exception {
    Matcher matcher = SCRIPT.matcher(Files.readString(readme()));
    assertThat(matcher.find()).as("the README has a script").isTrue();
    String source =
        """
        import io.stompbox.client.*;
        import io.stompbox.testkit.*;
        import java.time.Duration;
        public class Scripted {
          public static void main(String[] args) throws Exception {
            %s
            System.out.print("played");
          }
        }
        """
            .formatted(matcher.group(1));

    assertThat(Program.compile(folder, "Scripted", source).run()).isEqualTo("played");
  }

  @Test
  void itIsShortEnoughToBeRead() throws Exception {
    assertThat(Files.readAllLines(readme())).hasSizeLessThanOrEqualTo(120);
  }

  private static String program() throws IOException {
    Matcher matcher = PROGRAM.matcher(Files.readString(readme()));
    assertThat(matcher.find()).as("the README has a program").isTrue();
    return matcher.group(1);
  }

  private static Path readme() {
    for (Path place : List.of(Path.of("README.md"), Path.of("..", "README.md"))) {
      if (Files.exists(place)) {
        return place;
      }
    }
    throw new AssertionError("README.md is not in or above " + Path.of("").toAbsolutePath());
  }
}
