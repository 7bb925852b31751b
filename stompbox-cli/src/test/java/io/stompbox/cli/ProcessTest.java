package io.stompbox.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.stompbox.cli.process.ExitCode;
import io.stompbox.testkit.EmbeddedBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What only a process of its own has: signals, pipes and an exit status. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class ProcessTest {
  private static EmbeddedBroker broker;

  private final List<Process> processes = new ArrayList<>();

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @AfterEach
  void leaveNothingRunning() {
    processes.forEach(Process::destroyForcibly);
  }

  @Test
  void exitStatusIsTheExitCode() throws Exception {
    Process process = start("listen", "-s", broker.uri(), "/queue/none", "--wait", "1ms");

    assertThat(status(process)).isEqualTo(ExitCode.TIMED_OUT.number());
  }

  @Test
  void standardInputAndOutputCarryOctets() throws Exception {
    byte[] octets = {0, 1, (byte) 0xff, '\r', '\n', (byte) 0xc3};
    Process send = start("send", "-s", broker.uri(), "/queue/octets");
    try (OutputStream in = send.getOutputStream()) {
      in.write(octets);
    }
    assertThat(status(send)).isZero();

    Process listen = start("listen", "-s", broker.uri(), "/queue/octets", "-c", "1");
    try (InputStream out = listen.getInputStream()) {
      assertThat(out.readNBytes(octets.length)).isEqualTo(octets);
      assertThat(out.readAllBytes()).containsExactly('\n');
    }
    assertThat(status(listen)).isZero();
  }

  /** The JVM opens a file of its own in its place. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void closedStandardInputIsEmpty() throws Exception {
    Process send =
        start(
            List.of("sh", "-c", "exec \"$@\" <&-", "sh"),
            "send",
            "-s",
            broker.uri(),
            "/queue/closed");

    assertThat(status(send)).isZero();
    Cli.Result result =
        Cli.run("listen", "-s", broker.uri(), "/queue/closed", "-c", "1", "-f", "%l");
    assertThat(result.out()).isEqualTo("0");
  }

  @Test
  void ctrlCEndsListeningWith130() throws Exception {
    assumeFalse(isCtrlCIgnored(), "this process ignores Ctrl-C, and so do its children");
    send("/queue/ctrl-c", "first");
    Process listen = start("listen", "-s", broker.uri(), "/queue/ctrl-c");
    try (BufferedReader out = listen.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("first");
      signal("INT", listen);
      assertThat(out.readLine()).isNull();
    }

    assertThat(status(listen)).isEqualTo(ExitCode.INTERRUPTED.number());
  }

  @Test
  void ctrlCEndsSendingWith130AndSaysWhatHasArrived() throws Exception {
    assumeFalse(isCtrlCIgnored(), "this process ignores Ctrl-C, and so do its children");
    Process send = start("send", "-s", broker.uri(), "/queue/typed", "--lines", "--receipt");
    try (BufferedReader err = send.errorReader(StandardCharsets.UTF_8)) {
      send.getOutputStream().write("one\ntw".getBytes(StandardCharsets.UTF_8));
      send.getOutputStream().flush();
      assertThat(Cli.run("listen", "-s", broker.uri(), "/queue/typed", "-c", "1").out())
          .isEqualTo("one\n");
      signal("INT", send);

      assertThat(err.readLine())
          .isEqualTo("stompbox: interrupted; sent 1 message (3 B) to /queue/typed: 1 confirmed");
    }
    assertThat(status(send)).isEqualTo(ExitCode.INTERRUPTED.number());
  }

  @Test
  void readerThatLeavesEndsListeningWith141AndLosesNothing() throws Exception {
    Process listen = start("listen", "-s", broker.uri(), "/queue/pipe");
    send("/queue/pipe", "read");
    try (BufferedReader out = listen.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("read");
    }
    send("/queue/pipe", "kept");

    assertThat(status(listen)).isEqualTo(ExitCode.CLOSED_PIPE.number());
    assertThat(Cli.run("listen", "-s", broker.uri(), "/queue/pipe", "-c", "1").out())
        .isEqualTo("kept\n");
  }

  @Test
  void brokerEndsWellWhenToldTo() throws Exception {
    for (String signal : isCtrlCIgnored() ? List.of("TERM") : List.of("INT", "TERM")) {
      Process process = start("broker", "--port", "0");
      try (BufferedReader err = process.errorReader(StandardCharsets.UTF_8)) {
        assertThat(err.readLine()).startsWith("broker ready; ");
        signal(signal, process);
        assertThat(err.readLine()).isEqualTo("broker stopped");
      }

      assertThat(status(process)).as(signal).isEqualTo(ExitCode.OK.number());
    }
  }

  private static void send(String queue, String body) {
    Cli.run("send", "-s", broker.uri(), queue, body, "--receipt").assertThatItEndsWith(ExitCode.OK);
  }

  private Process start(String... args) throws IOException {
    return start(List.of(), args);
  }

  /**
   * Starts it in a process.
   *
   * @param prefix runs what follows
   */
  private Process start(List<String> prefix, String... args) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(List.of(args));
    Process process = new ProcessBuilder(command).start();
    processes.add(process);
    return process;
  }

  private static void signal(String name, Process process) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, "" + process.pid()).start();
    assertThat(kill.waitFor()).isZero();
  }

  /** Shells start background jobs like that. */
  private static boolean isCtrlCIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .anyMatch(line -> (Character.digit(line.charAt(line.length() - 1), 16) & 2) != 0);
  }

  private static int status(Process process) throws InterruptedException {
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("it has ended").isTrue();
    return process.exitValue();
  }
}
