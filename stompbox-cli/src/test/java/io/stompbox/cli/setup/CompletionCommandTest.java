package io.stompbox.cli.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.ExitCode;
import java.io.File;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
class CompletionCommandTest {
  @ParameterizedTest
  @CsvSource({"bash, -n", "zsh, -n", "fish, --no-execute"})
  void shellCanReadTheScript(String shell, String withoutRunning, @TempDir Path folder)
      throws Exception {
    assumeTrue(isInstalled(shell), shell + " is not installed");
    Path script = Files.writeString(folder.resolve("script"), script(shell));

    assertThat(run("", shell, withoutRunning, script.toString())).isEmpty();
  }

  @Test
  void fishCompletesVerbsAndTheirOptions(@TempDir Path folder) throws Exception {
    assumeTrue(isInstalled("fish"), "fish is not installed");
    Path script = Files.writeString(folder.resolve("script"), script("fish"));

    assertThat(fish(script, "stompbox li")).startsWith("listen\t");
    assertThat(fish(script, "stompbox send --pers")).startsWith("--persistent\t");
    assertThat(fish(script, "stompbox context sel")).startsWith("select\t");
    assertThat(fish(script, "stompbox context add --vh")).startsWith("--vhost\t");
    assertThat(fish(script, "stompbox listen -o js")).startsWith("json\t");
  }

  @Test
  void fishShowsOneLineForAnOption() {
    assertThat(script("fish").lines().filter(line -> line.contains(" -d ")))
        .isNotEmpty()
        .allSatisfy(
            line ->
                assertThat(line.substring(line.indexOf(" -d ")))
                    .hasSizeLessThanOrEqualTo(125)
                    .doesNotContain("  "));
  }

  @Test
  void bashCompletesVerbsAndTheirOptions(@TempDir Path folder) throws Exception {
    assumeTrue(isInstalled("bash"), "bash is not installed");
    Path script = Files.writeString(folder.resolve("script"), script("bash"));

    assertThat(bash(script, "stompbox", "lis")).isEqualTo("listen\n");
    assertThat(bash(script, "stompbox", "send", "--pers")).isEqualTo("--persistent\n");
    assertThat(bash(script, "stompbox", "context", "sel")).isEqualTo("select\n");
    assertThat(bash(script, "stompbox", "listen", "-o", "js")).isEqualTo("json\n");
  }

  /** A word in capitals would be completed, and then refused. */
  @Test
  void everyValueThatIsOfferedIsTaken() {
    CommandTree.all(new Cli().parse()).stream()
        .flatMap(command -> command.options().stream())
        .filter(option -> option.completionCandidates() != null)
        .forEach(
            option ->
                assertThat(option.completionCandidates())
                    .as(option.command().qualifiedName() + " " + option.longestName())
                    .allSatisfy(word -> option.converters()[0].convert(word)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcsh", ""})
  void otherShellsAreRefusedWithThoseThereAre(String shell) {
    assertThat(Cli.run("completion", shell).assertThatItEndsWith(ExitCode.USAGE).err())
        .contains("must be bash, zsh or fish");
  }

  private static String script(String shell) {
    return Cli.run("completion", shell).assertThatItEndsWith(ExitCode.OK).out();
  }

  private static String fish(Path script, String line) throws Exception {
    return run(
        "", "fish", "--no-config", "-c", "source " + script + "; complete -C '" + line + "'");
  }

  /** Does what bash does when the tabulator key is pressed. */
  private static String bash(Path script, String... words) throws Exception {
    String commands =
        "compopt() { :; }%nsource %s%nCOMP_WORDS=(%s)%nCOMP_CWORD=%d%n_complete_stompbox%nprintf '%%s\\n' ${COMPREPLY[@]}%n"
            .formatted(script, String.join(" ", words), words.length - 1);
    return run(commands, "bash", "--norc");
  }

  private static String run(String input, String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
