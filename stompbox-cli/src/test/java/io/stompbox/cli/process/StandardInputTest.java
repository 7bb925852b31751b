package io.stompbox.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the numbers of open files tell of standard input. */
@DisabledOnOs(OS.WINDOWS)
class StandardInputTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "a terminal,                 /dev/pts/0, /some/file, false",
    "a pipe,                     pipe:[1],   /some/file, false",
    "an archive of the user's,   /my.jar,    /some/file, false",
    "the JVM's library,          modules,    /some/file, true",
    "the same given by somebody, modules,    modules,    false"
  })
  void onlyAFileThatTheJvmOpenedForItselfIsNone(
      String name, String input, String other, boolean isClosed, @TempDir Path descriptors)
      throws IOException {
    link(descriptors, "0", input);
    link(descriptors, "5", other);

    assertThat(StandardInput.isClosed(descriptors)).isEqualTo(isClosed);
  }

  @ParameterizedTest
  @CsvSource({"descriptors, true", "nothing is known, false"})
  void withoutANumberItIsClosed(String name, boolean isClosed, @TempDir Path folder)
      throws IOException {
    Files.createDirectory(folder.resolve("descriptors"));

    assertThat(StandardInput.isClosed(folder.resolve(name))).isEqualTo(isClosed);
  }

  private static void link(Path descriptors, String number, String target) throws IOException {
    Path file =
        target.equals("modules")
            ? Path.of(System.getProperty("java.home"), "lib", "modules")
            : Path.of(target);
    Files.createSymbolicLink(descriptors.resolve(number), file);
  }
}
