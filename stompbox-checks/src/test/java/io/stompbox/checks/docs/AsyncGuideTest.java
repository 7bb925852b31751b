package io.stompbox.checks.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.testkit.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of docs/async.md. */
class AsyncGuideTest {
  private static final Pattern PROGRAM =
      Pattern.compile("```java\\n(import .*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void theProgramOfStagesStoresSendsAndArchives() throws Exception {
    Program invoices = compile("Invoices");

    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      assertThat(invoices.run(broker.uri()).lines())
          .containsExactly("stored: invoice 1", "confirmed: 1");
    }
  }

  @Test
  void theProgramOfStreamsTakesAndGivesMessagesByEachLibrary() throws Exception {
    Program streams = compile("Streams");

    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      assertThat(streams.run(broker.uri()).lines())
          .containsExactly("hello reactor", "hello rxjava", "hello mutiny");
    }
  }

  private Program compile(String className) throws IOException {
    String source =
        PROGRAM
            .matcher(Files.readString(guide()))
            .results()
            .map(match -> match.group(1))
            .filter(program -> program.contains("public class " + className + " "))
            .findFirst()
            .orElseThrow();
    return Program.compile(folder, className, source);
  }

  private static Path guide() {
    return Stream.of(Path.of("docs/async.md"), Path.of("../docs/async.md"))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow();
  }
}
