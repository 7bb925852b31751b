package io.stompbox.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.testkit.EmbeddedBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ways for a password to reach a broker that wants one. */
class PasswordTest {
  private static EmbeddedBroker broker;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start(0, Map.of("me", "s3cret"));
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void firstLineOfStandardInputIsThePasswordAndTheRestTheBody() {
    new Cli()
        .input("s3cret\nthe body")
        .call("send", "-s", broker.uri(), "-u", "me", "--password-file", "-", "/queue/in")
        .assertThatItEndsWith(ExitCode.OK);

    assertThat(listen("/queue/in")).isEqualTo("the body\n");
  }

  @Test
  void userAndPasswordMayBeInTheEnvironment() {
    new Cli()
        .variable("STOMPBOX_URI", broker.uri())
        .variable("STOMPBOX_USER", "me")
        .variable("STOMPBOX_PASSWORD", "s3cret")
        .call("send", "/queue/env", "x")
        .assertThatItEndsWith(ExitCode.OK);
  }

  @Test
  void passwordFileMayBeReferredToByAContext(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("secret"), "s3cret\n");
    Cli cli = new Cli().configuration(folder);
    cli.call(
            "context",
            "add",
            "here",
            "-s",
            broker.uri(),
            "-u",
            "me",
            "--select",
            "--password-file",
            file.toString())
        .assertThatItEndsWith(ExitCode.OK);

    cli.call("send", "/queue/context", "x", "--receipt").assertThatItEndsWith(ExitCode.OK);
  }

  /** Whoever gets a failure may not think of what they selected once. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-u me --password-env WRONG | 4 | user and password come from the context here",
        "-u me --password-env NONE | 2 | user and password come from the context here",
        "-u me | 4 | the user comes from the context here, the password comes from the environment",
        "-u me --password-file /no/such/file | 2 | user and password come from the context here",
        "-s stomp://no.such.host.invalid | 3 | the address comes from the context here",
        "-s stomp://127.0.0.1:1 | 3 | the address comes from the context here"
      })
  void failureNamesTheContextThatTheValueComesFrom(
      String values, int status, String line, @TempDir Path folder) {
    Cli cli =
        new Cli()
            .configuration(folder)
            .variable("WRONG", "other")
            .variable("STOMPBOX_PASSWORD", values.equals("-u me") ? "other" : "");
    String server = values.startsWith("-s") ? "" : "-s " + broker.uri() + " ";
    cli.call(("context add here --select " + server + values).split(" "))
        .assertThatItEndsWith(ExitCode.OK);

    Cli.Result result = cli.call("send", "/queue/a", "x");

    assertThat(result.status()).as(result.err()).isEqualTo(status);
    assertThat(result.err()).endsWith("  " + line + "\n").doesNotContain("s3cret");
    assertThat(result.err().lines().filter(one -> one.startsWith("  ")))
        .hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void whatWasJustTypedIsNotExplained() {
    Cli.Result result =
        new Cli()
            .variable("WRONG", "other")
            .call("send", "-s", broker.uri(), "-u", "me", "--password-env=WRONG", "/queue/a", "x")
            .assertThatItEndsWith(ExitCode.REFUSED);

    assertThat(result.err()).doesNotContain("from the");
  }

  @ParameterizedTest
  @CsvSource({
    "'', its first line is empty",
    "'\ns3cret', its first line is empty",
    "FIFO, it is no regular file",
    "LONG, its first line is longer than 64.0 KiB"
  })
  @DisabledOnOs(OS.WINDOWS)
  void fileWithoutAPasswordIsRefused(String content, String reason, @TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("secret");
    if (content.equals("FIFO")) {
      assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
    } else {
      Files.writeString(file, content.equals("LONG") ? "x".repeat(100_000) : content);
    }

    Cli.Result result =
        Cli.run(
                "send",
                "-s",
                broker.uri(),
                "-u",
                "me",
                "--password-file",
                file.toString(),
                "/queue/a",
                "x")
            .assertThatItEndsWith(ExitCode.USAGE);

    assertThat(result.err()).contains("cannot read the password file " + file + ": " + reason);
  }

  @ParameterizedTest
  @CsvSource({
    "rw-r--r--, --verbose, true",
    "rw-r-----, --quiet, true",
    "rw-------, --verbose, false"
  })
  @DisabledOnOs(OS.WINDOWS)
  void fileThatEverybodyMayReadIsWarnedOf(
      String rights, String manner, boolean isTold, @TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("secret"), "s3cret\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
    String line = "send /queue/rights x -u me -s " + broker.uri() + " --password-file " + file;

    Cli.Result result = Cli.run((line + " " + manner).split(" ")).assertThatItEndsWith(ExitCode.OK);

    assertThat(
            result.err().contains("warning: others may read the password file " + file + ": chmod"))
        .isEqualTo(isTold);
  }

  private static String listen(String queue) {
    return new Cli()
        .variable("STOMPBOX_PASSWORD", "s3cret")
        .call("listen", "-s", broker.uri(), "-u", "me", queue, "-c", "1", "--wait", "20s")
        .assertThatItEndsWith(ExitCode.OK)
        .out();
  }
}
