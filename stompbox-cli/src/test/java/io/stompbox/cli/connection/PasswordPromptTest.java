package io.stompbox.cli.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stompbox.cli.process.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The prompt for a password on a real terminal, which {@code script} of util-linux makes. */
@EnabledOnOs(OS.LINUX)
class PasswordPromptTest {
  private static final int CTRL_D = 4;

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whoEndsTheInputHasTypedNoPassword(@TempDir Path home) throws Exception {
    assumeTrue(hasScript(), "there is no 'script' of util-linux, which makes terminals");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path script = home.resolve("run");
    Files.writeString(
        script,
        "exec '%s' -XX:TieredStopAtLevel=1 -cp '%s' io.stompbox.cli.Main send /queue/a x -u me"
                .formatted(java, System.getProperty("java.class.path"))
            + " --ask-password --context none -s stomp://127.0.0.1:1\n");
    ProcessBuilder builder = scriptOf("sh " + script);
    builder.environment().put("HOME", home.toString());

    Process process = builder.start();
    StringBuilder screen = new StringBuilder();
    try (InputStream output = process.getInputStream();
        OutputStream keys = process.getOutputStream()) {
      readUntil(output, screen, "127.0.0.1:1: ");
      keys.write(CTRL_D);
      keys.flush();
      screen.append(new String(output.readAllBytes(), UTF_8));
    } finally {
      process.destroy();
    }

    assertThat(screen).contains("the input ended before a password was typed");
    assertThat(process.waitFor()).isEqualTo(ExitCode.USAGE.number());
  }

  /** Ends with the output at the latest. */
  private static void readUntil(InputStream output, StringBuilder screen, String text)
      throws IOException {
    int octet = output.read();
    while (octet >= 0) {
      screen.append((char) octet);
      if (screen.toString().endsWith(text)) {
        return;
      }
      octet = output.read();
    }
  }

  private static boolean hasScript() throws InterruptedException {
    try {
      return scriptOf("true").start().waitFor() == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  private static ProcessBuilder scriptOf(String command) {
    return new ProcessBuilder(
            List.of("script", "--quiet", "--return", "--command", command, "/dev/null"))
        .redirectErrorStream(true);
  }
}
