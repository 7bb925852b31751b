package io.stompbox.checks.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A document of the folder docs that has programs. */
record Guide(String name) {
  private static final Pattern PROGRAM =
      Pattern.compile("```java\\n(import .*?)```", Pattern.DOTALL);

  /** Compiles its program of that class in a folder. */
  Program compile(Path folder, String className) throws IOException {
    Optional<String> program =
        PROGRAM
            .matcher(text())
            .results()
            .map(found -> found.group(1))
            .filter(source -> source.contains("public class " + className + " "))
            .findFirst();
    assertThat(program).as("docs/%s has the program %s", name, className).isPresent();
    return Program.compile(folder, className, program.orElseThrow());
  }

  String text() throws IOException {
    return Files.readString(
        Stream.of(Path.of("docs", name), Path.of("../docs", name))
            .filter(Files::exists)
            .findFirst()
            .orElseThrow());
  }
}
