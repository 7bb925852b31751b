package io.stompbox.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.testkit.EmbeddedBroker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The shell on a real terminal, which {@code script} of util-linux makes. */
@EnabledOnOs(OS.LINUX)
class PseudoTerminalTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final String PROMPT = "me@127.0.0.1> ";
  private static final String CTRL_C = "\u0003";
  private static final String CTRL_D = "\u0004";

  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

  @Test
  void personAtAKeyboardIsServedAsTheyExpect(@TempDir Path home) throws Exception {
    assumeTrue(hasScript(), "there is no 'script' of util-linux, which makes terminals");
    try (EmbeddedBroker broker = EmbeddedBroker.start(0, Map.of("me", "s3cret"))) {
      Process shell = start(home, broker);
      try (OutputStream keys = shell.getOutputStream()) {
        awaitScreen("password of me");
        type(keys, "s3cret\r");
        awaitScreen(PROMPT);

        type(keys, "subsc\t");
        awaitScreen("subscribe ");
        type(keys, "/queue/a\r");
        awaitScreen("Subscribing to '/queue/a'");

        type(keys, "send half");
        awaitScreen("send half");
        int before = screen.size();
        new Cli()
            .secret("s3cret")
            .call("send", "-s", broker.uri(), "-u", "me", "--ask-password", "/queue/a", "hello")
            .assertThatItEndsWith(ExitCode.OK);
        awaitScreen("hello", before);
        awaitScreen(PROMPT + "send half", before);

        type(keys, CTRL_C);
        type(keys, "version\r");
        awaitScreen("stompbox ", before);

        type(keys, CTRL_D);
        awaitScreen("Shutting down, please wait");
        assertThat(shell.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as(screen()).isTrue();
      } finally {
        shell.destroy();
      }
      assertThat(shell.exitValue()).as(screen()).isZero();
      assertThat(screen()).doesNotContain("s3cret", "Expecting");
    }
  }

  private static boolean hasScript() throws InterruptedException {
    try {
      return new ProcessBuilder("script", "--quiet", "--return", "--command", "true", "/dev/null")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  private Process start(Path home, EmbeddedBroker broker) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path script = home.resolve("run");
    Files.writeString(
        script,
        "exec '%s' -XX:TieredStopAtLevel=1 -cp '%s' io.stompbox.cli.Main shell -s %s -u me"
                .formatted(java, System.getProperty("java.class.path"), broker.uri())
            + " --ask-password\n");
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of("script", "--quiet", "--return", "--command", "sh " + script, "/dev/null"));
    builder.redirectErrorStream(true);
    builder.environment().put("HOME", home.toString());
    builder.environment().put("TERM", "xterm");
    builder.environment().keySet().removeIf(name -> name.startsWith("STOMPBOX_"));
    builder.environment().keySet().removeIf(name -> name.startsWith("XDG_"));
    Process process = builder.start();
    Thread reader = new Thread(() -> read(process.getInputStream()), "screen");
    reader.setDaemon(true);
    reader.start();
    return process;
  }

  private void read(InputStream output) {
    try {
      output.transferTo(screen);
    } catch (IOException closed) {
      // It was destroyed, as what it showed was not what was awaited.
    }
  }

  private static void type(OutputStream keys, String text) throws IOException {
    keys.write(text.getBytes(StandardCharsets.UTF_8));
    keys.flush();
  }

  private void awaitScreen(String text) {
    awaitScreen(text, 0);
  }

  /** Waits until a text is on the screen behind an octet that has been written to it. */
  private void awaitScreen(String text, int from) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(plain(screen.toByteArray(), from)).as("the screen").contains(text));
  }

  private String screen() {
    return plain(screen.toByteArray(), 0);
  }

  /** What a person reads: without colours and movements. */
  private static String plain(byte[] octets, int from) {
    String text = new String(octets, from, octets.length - from, StandardCharsets.UTF_8);
    return text.replaceAll("\u001b(\\[[0-9;?$]*[a-zA-Z]|[=>])", "");
  }
}
