package io.stompbox.cli.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.ExitCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManCommandTest {
  @TempDir private Path folder;

  @Test
  void everyCommandHasAPageWithItsOptionsAndExamples() throws Exception {
    write();

    assertThat(folder.resolve("stompbox.1")).content().contains(".SH COMMANDS", "stompbox\\-send");
    assertThat(folder.resolve("stompbox-context-add.1"))
        .content()
        .contains(".TH \"STOMPBOX\\-CONTEXT\\-ADD\" 1")
        .contains("\\fB\\-\\-password\\-file\\fR \\fIFILE\\fR")
        .contains(".SH EXAMPLES", ".SH EXIT STATUS");
  }

  @Test
  void formatsStandAsTheyAreTypedAndListedValuesOnLinesOfTheirOwn() {
    write();

    assertThat(folder.resolve("stompbox-listen.1"))
        .content()
        .contains("\\-f '%d %h{priority} %b")
        .contains("\n.br\njson: an object a line");
  }

  /** Names of variables and options are copied from there. */
  @Test
  void wordsAreNotDividedAtTheEndOfALine() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/groff")), "groff is not installed");
    write();

    Process groff =
        new ProcessBuilder(
                "/usr/bin/groff",
                "-man",
                "-Tutf8",
                "-rLL=60n",
                folder.resolve("stompbox-listen.1").toString())
            .start();
    String page = new String(groff.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(page).contains("Default: $STOMPBOX_PASSWORD");
    assertThat(page.lines()).noneMatch(line -> line.endsWith("\u2010"));
    assertThat(groff.waitFor()).isZero();
  }

  @Test
  void groffHasNothingToSayAboutThem() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/groff")), "groff is not installed");
    write();

    List<String> command = new ArrayList<>(List.of("/usr/bin/groff", "-man", "-ww", "-z"));
    try (Stream<Path> pages = Files.list(folder)) {
      pages.map(Path::toString).sorted().forEach(command::add);
    }
    Process groff = new ProcessBuilder(command).redirectErrorStream(true).start();

    assertThat(new String(groff.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEmpty();
    assertThat(groff.waitFor()).isZero();
  }

  private void write() {
    Cli.run("man", folder.toString()).assertThatItEndsWith(ExitCode.OK);
  }
}
