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
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
class CompletionCommandTest {
  private static Path place;

  @BeforeAll
  static void makeWhatCanBeCompleted(@TempDir Path folder) throws Exception {
    place = folder;
    Path contexts = Files.createDirectories(folder.resolve("stompbox/contexts"));
    for (String context : List.of("prod", "prod-2", "test")) {
      Files.createFile(contexts.resolve(context + ".properties"));
    }
    Files.createFile(folder.resolve("capture.bin"));
  }

  @ParameterizedTest
  @CsvSource({"bash, -n", "zsh, -n", "fish, --no-execute"})
  void shellCanReadTheScript(String shell, String withoutRunning) throws Exception {
    assumeTrue(isInstalled(shell), shell + " is not installed");
    Path script = Files.writeString(place.resolve("read." + shell), script(shell));

    assertThat(run("", shell, withoutRunning, script.toString())).isEmpty();
  }

  /** What is typed, the last word up to the cursor, and what is offered for it. */
  static Stream<Arguments> lines() {
    return Stream.of(
        Arguments.of("lis", "listen"),
        Arguments.of("send --pers", "--persistent"),
        Arguments.of("pub --pers", "--persistent"),
        Arguments.of("-v --color always send --pers", "--persistent"),
        Arguments.of("--color al", "always"),
        Arguments.of("context sel", "select"),
        Arguments.of("context add --vh", "--vhost"),
        Arguments.of("listen -o js", "json"),
        Arguments.of("listen --output js", "json"),
        Arguments.of("listen --trace --ack ind", "individual"),
        Arguments.of("encode --content-length a", "as-is auto"),
        Arguments.of("decode --version 1.", "1.0 1.1 1.2"),
        Arguments.of("doctor --only sel", "selector"),
        Arguments.of("bench send --fil", ""),
        Arguments.of("bench send --prod", "--producers"),
        Arguments.of("send setup lis", ""),
        Arguments.of("send setup --arch", ""),
        Arguments.of("send /queue/a --context p", "prod prod-2"),
        Arguments.of("send --context pr --context t", "test"),
        Arguments.of("context show te", "test"),
        Arguments.of("context add te", ""),
        Arguments.of("pipe /queue/a /queue/b --from te", "test"),
        Arguments.of("completion z", "zsh"),
        Arguments.of("decode capt", "capture.bin"),
        Arguments.of("send --file capt", "capture.bin"),
        Arguments.of("send --count capt", ""));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void bashCompletesCommandsOptionsAndTheirValues(String line, String offered) throws Exception {
    assertThat(bash(line)).isEqualTo(offered);
  }

  @ParameterizedTest
  @MethodSource("lines")
  void zshCompletesCommandsOptionsAndTheirValues(String line, String offered) throws Exception {
    assertThat(zsh(line)).isEqualTo(offered);
  }

  @ParameterizedTest
  @MethodSource("lines")
  void fishCompletesCommandsOptionsAndTheirValues(String line, String offered) throws Exception {
    assertThat(fish(line)).isEqualTo(offered);
  }

  /** Bash takes a word with = for three words, zsh for one. */
  @Test
  void valueBehindAnEqualsSignIsCompleted() throws Exception {
    assertThat(bash("listen --output = js")).isEqualTo("json");
    assertThat(bash("listen --output =")).isEqualTo("json raw text");
    assertThat(zsh("listen --output=js")).isEqualTo("--output=json");
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

  /** A word in capitals would be completed, and then refused. */
  @Test
  void everyValueThatIsOfferedIsTaken() {
    CommandTree.all(new Cli().parse()).stream()
        .flatMap(command -> command.options().stream())
        .filter(option -> option.completionCandidates() != null)
        // The others are read by their commands.
        .filter(option -> option.converters().length > 0)
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

  /** Does what bash does when the tabulator key is pressed; words have blanks between them. */
  private static String bash(String line) throws Exception {
    return offered(
        "bash",
        "--norc",
        """
        compopt() { :; }
        source ./script
        COMP_WORDS=(stompbox %1$s)
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _stompbox_in_bash
        printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted(line));
  }

  /** Stands in for the functions of zsh that take what is offered. */
  private static String zsh(String line) throws Exception {
    return offered(
        "zsh",
        "-f",
        """
        compdef() { :; }
        compadd() { shift; print -l -- "$@"; }
        _files() { print -l -- ${words[CURRENT]}*(N); }
        source ./script
        words=(stompbox %1$s)
        CURRENT=${#words}
        _stompbox_in_zsh
        """
            .formatted(line));
  }

  private static String fish(String line) throws Exception {
    return offered("fish", "--no-config", "source ./script; complete -C 'stompbox " + line + "'");
  }

  /**
   * What a shell offers, in the order of the alphabet, in a folder with some files and contexts.
   */
  private static String offered(String shell, String option, String commands) throws Exception {
    assumeTrue(isInstalled(shell), shell + " is not installed");
    Files.writeString(place.resolve("script"), script(shell));
    return run(commands, shell, option)
        .lines()
        .map(each -> each.split("\t", 2)[0])
        .filter(each -> !each.isEmpty())
        .sorted()
        .collect(Collectors.joining(" "));
  }

  private static String run(String input, String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).directory(place.toFile());
    builder.environment().put("XDG_CONFIG_HOME", place.toString());
    Process process = builder.redirectErrorStream(true).start();
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
