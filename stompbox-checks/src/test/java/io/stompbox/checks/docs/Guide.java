package io.stompbox.checks.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A document of the folder docs that begins with a program. */
record Guide(String name) {
  private static final Pattern PROGRAM =
      Pattern.compile("```java\\n(import .*?)```", Pattern.DOTALL);

  /** Compiles its program in a folder. */
  Program compile(Path folder, String className) throws IOException {
    Matcher program = PROGRAM.matcher(text());
    assertThat(program.find()).as("docs/%s has a program", name).isTrue();
    return Program.compile(folder, className, program.group(1));
  }

  String text() throws IOException {
    return Files.readString(
        Stream.of(Path.of("docs", name), Path.of("../docs", name))
            .filter(Files::exists)
            .findFirst()
            .orElseThrow());
  }
}
