package io.stompbox.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stompbox.cli.process.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The script that starts the command, in a source tree without sources, with a Java that only says
 * how it was called.
 */
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class LauncherTest {
  private static final String SAYS_17 =
      """
      [ "$1" = -version ] && { echo 'openjdk version "17.0.1"' >&2; exit; }
      """;

  @TempDir private Path folder;
  private Path tree;
  private Path jar;

  @BeforeEach
  void makeTree() throws IOException {
    tree = Files.createDirectory(folder.resolve("a tree"));
    Files.copy(script(), tree.resolve("stompbox"));
    Files.createFile(tree.resolve("pom.xml"));
    for (String module : List.of("protocol", "client", "testkit", "cli")) {
      Path home = tree.resolve("stompbox-" + module);
      Files.createDirectories(home.resolve("src/main"));
      Files.createFile(home.resolve("pom.xml"));
    }
    Path target = Files.createDirectory(tree.resolve("stompbox-cli/target"));
    jar = Files.createFile(target.resolve("stompbox.jar"));
    java(SAYS_17 + "echo \"LC_ALL=$LC_ALL $*\"\n");
  }

  @Test
  void argumentsArriveAsTheyAre() throws Exception {
    Call call = call(Map.of(), "send", "/queue/a", "two words");

    assertThat(call.out()).endsWith("-jar " + jar.toRealPath() + " send /queue/a two words\n");
  }

  @Test
  void javaThatDoesNotStartIsNamed() throws Exception {
    java("exit 1\n");

    Call call = call(Map.of(), "version");

    assertThat(call.status()).isEqualTo(ExitCode.USAGE.number());
    assertThat(call.err()).contains("cannot tell the version of " + folder.resolve("jdk/bin/java"));
  }

  @Test
  void localeThatIsNotThereIsReplacedByOneThatTakesAllText() throws Exception {
    assumeTrue(runs("locale charmap"), "there is a command that tells what a locale is");

    assertThat(call(Map.of("LANG", "xx_YY.UTF-8"), "version").out()).startsWith("LC_ALL=C.UTF-8 ");
    assertThat(call(Map.of("LANG", "C.UTF-8"), "version").out()).startsWith("LC_ALL= ");
  }

  @Test
  void startArchiveIsInNoFolderThatDependsOnTheCurrentOne() throws Exception {
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");

    Call call = call(Map.of("XDG_CACHE_HOME", "cache"), "version");

    assertThat(call.out())
        .contains("-Dstompbox.archive=" + folder.resolve("home/.cache/stompbox") + "/");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void javaGetsClosedStandardInputAsAnEmptyOne() throws Exception {
    java(SAYS_17 + "readlink /proc/$$/fd/0\n");

    assertThat(redirected("<&-").out()).isEqualTo("/dev/null\n");
    assertThat(redirected("<\"$0/pom.xml\"").out())
        .isEqualTo(tree.toRealPath().resolve("pom.xml") + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "stompbox-protocol", "stompbox-client", "stompbox-testkit"})
  void whoMayNotBuildRunsTheJarThatIsThere(String module) throws Exception {
    Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));
    Path target = Files.createDirectory(tree.resolve(module).resolve("target"));
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeTrue(!Files.isWritable(target), "the user of this test may not write everywhere");
    Files.writeString(folder.resolve("mvn"), "#!/bin/sh\nexit 1\n");
    Files.setPosixFilePermissions(
        folder.resolve("mvn"), PosixFilePermissions.fromString("rwxr-xr-x"));

    Call call = call(Map.of(), "version");

    assertThat(call.out()).endsWith("stompbox.jar version\n");
    assertThat(call.err()).contains("you may not write here; running the older one");
  }

  private static Path script() {
    Path here = Path.of("stompbox").toAbsolutePath();
    return Files.isRegularFile(here) ? here : Path.of("../stompbox").toAbsolutePath();
  }

  private void java(String text) throws IOException {
    Path java = folder.resolve("jdk/bin/java");
    Files.createDirectories(folder.resolve("jdk/bin"));
    Files.writeString(java, "#!/bin/sh\n" + text);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private record Call(int status, String out, String err) {}

  /** Calls it with a redirection of the shell, in which {@code $0} is the source tree. */
  private Call redirected(String redirection) throws Exception {
    String call = "exec bash \"$0/stompbox\" version " + redirection;
    return run(List.of("sh", "-c", call, tree.toString()), Map.of());
  }

  private Call call(Map<String, String> variables, String... args) throws Exception {
    List<String> command = new ArrayList<>();
    command.add("bash");
    command.add(tree.resolve("stompbox").toString());
    command.addAll(List.of(args));
    return run(command, variables);
  }

  private Call run(List<String> command, Map<String, String> variables) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    List.of("LC_ALL", "LC_CTYPE", "XDG_CACHE_HOME").forEach(environment::remove);
    environment.put("PATH", folder + ":" + environment.get("PATH"));
    environment.put("JAVA_HOME", folder.resolve("jdk").toString());
    environment.put("HOME", folder.resolve("home").toString());
    environment.putAll(variables);
    Path err = folder.resolve("err");
    Process process = builder.redirectError(err.toFile()).start();
    process.getOutputStream().close();
    try (InputStream out = process.getInputStream()) {
      String written = new String(out.readAllBytes(), UTF_8);
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return new Call(process.exitValue(), written, Files.readString(err));
    }
  }

  private static boolean runs(String command) throws Exception {
    return new ProcessBuilder("sh", "-c", command + " >/dev/null 2>&1").start().waitFor() == 0;
  }
}
