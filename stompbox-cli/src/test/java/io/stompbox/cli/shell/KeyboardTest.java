package io.stompbox.cli.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.client.StompClient;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.QueueBroker;
import io.stompbox.testkit.ScriptedBroker;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Size;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees who types at a terminal, here one that consists of two streams. */
class KeyboardTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String CTRL_C = "\u0003";
  private static final String CTRL_D = "\u0004";

  @TempDir Path state;

  private final ScriptedBroker broker = ScriptedBroker.start();
  private final QueueBroker queues = new QueueBroker();
  private final PipedOutputStream keys = new PipedOutputStream();
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

  /** How much of the screen was looked at. */
  private int seen;

  private FutureTask<ExitCode> running = new FutureTask<>(() -> ExitCode.OK);

  @BeforeEach
  void letTheBrokerWork() {
    broker.otherwise(queues::serve);
  }

  @AfterEach
  void end() throws Exception {
    keys.close();
    broker.close();
  }

  @Test
  void messagesAreShownAboveWhatIsBeingTyped() throws Exception {
    start();
    press("subscribe /queue/a\r").awaitScreen("Subscribing to '/queue/a'");
    press("send /queue/a typed in two").awaitScreen("typed in two");
    try (StompClient other = StompClient.connect(broker.uri())) {
      other.send("/queue/a", "from elsewhere");
      awaitScreen("from elsewhere").awaitScreen("> send /queue/a typed in two");
    }

    press(" parts\r").awaitScreen("\ntyped in two parts");
    leave();
  }

  @Test
  void ctrlCCancelsTheLine() throws Exception {
    start();
    press("nonsense" + CTRL_C).press("version\r").awaitScreen("STOMP 1.2");

    leave();
    assertThat(shown()).doesNotContain("Unknown command");
  }

  @Test
  void ctrlCInterruptsTheCommandThatRuns() throws Exception {
    start();
    press("wait 1 1h\r");
    // What a terminal is told when a line has been read.
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(screen.toString(UTF_8)).containsPattern("(?s)wait 1 1h.*\\[\\?2004l"));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> press(CTRL_C).assertThatScreenContains("Interrupted"));

    press("version\r").awaitScreen("STOMP 1.2");
    leave();
  }

  @Test
  void ctrlDOnAnEmptyLineLeavesInGoodOrder() throws Exception {
    start();
    press("trace on\r").awaitScreen("trace on");
    press(CTRL_D).awaitScreen("Shutting down, please wait").awaitScreen("> DISCONNECT [receipt:");

    assertThat(running.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(ExitCode.OK);
    assertThat(shown()).contains("< RECEIPT [receipt-id:");
  }

  @Test
  void tabCompletesCommandsDestinationsModesMessagesAndFiles() throws Exception {
    Path file = Files.writeString(state.resolve("commands.txt"), "version\n");
    start();
    press("subsc\t/queue/long-name client-i\t\r")
        .awaitScreen("Subscribing to '/queue/long-name' with acknowledge set to 'client-indiv");
    press("send /queue/l\thello\r").awaitScreen("ack: ");
    press("nac\t\t\r").awaitScreen("NACK of ");
    press("unsub\t/q\t\r").awaitScreen("Unsubscribing from '/queue/long-name'");
    press("run " + state + "/comm\t\r").awaitScreen("STOMP 1.2");

    leave();
    assertThat(file).exists();
  }

  @Test
  void promptSaysWhoTalksToWhomAndInWhichTransaction() throws Exception {
    start();
    awaitScreen("me@127.0.0.1> ");
    press("begin\r").awaitScreen("me@127.0.0.1 tx:t-1> ");
    press("rollback\r").awaitScreen("Aborted transaction: t-1").awaitScreen("me@127.0.0.1> ");
    leave();
  }

  @Test
  void lossAndRecoveryAreToldAboveThePrompt() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame frame = peer.expect("SEND");
          assertThat(frame.text()).isEqualTo("bye");
          peer.reset();
        });
    start();
    press("send /queue/a bye\r").awaitScreen("; connecting again").awaitScreen("(reconnecting)> ");
    awaitScreen("Connected again, to stomp://127.0.0.1:").awaitScreen("me@127.0.0.1> ");
    leave();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void linesAreKeptForTheirOwnerButSecretsAreNot() throws Exception {
    start();
    press("send /queue/a -H passcode:geheim x\r").awaitScreen("geheim");
    press("version\r").awaitScreen("STOMP 1.2");
    leave();

    Path history = state.resolve("stompbox/history");
    assertThat(history).content().contains("version").doesNotContain("geheim");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history)))
        .isEqualTo("rw-------");
  }

  private void start() throws IOException {
    ExternalTerminal terminal =
        new ExternalTerminal("test", "xterm", new PipedInputStream(keys, 4096), screen, UTF_8);
    terminal.setSize(Size.of(200, 50));
    Environment environment =
        new Environment(
            new ByteArrayInputStream(new byte[0]),
            screen,
            new PrintStream(screen, true, UTF_8),
            Map.of("XDG_STATE_HOME", state.toString(), "NO_COLOR", "1"),
            new io.stompbox.cli.process.Terminal(
                EnumSet.allOf(io.stompbox.cli.process.Terminal.Stream.class),
                prompt -> Optional.empty(),
                OptionalInt::empty));
    running = new FutureTask<>(() -> sit(terminal, environment));
    Thread typist = new Thread(running, "typed shell");
    typist.setDaemon(true);
    typist.start();
    awaitScreen("Ctrl-D leaves");
  }

  private ExitCode sit(ExternalTerminal terminal, Environment environment) throws Exception {
    Screen printed = new Screen(environment);
    Ending ending = new Ending(Thread.currentThread());
    Watch watch = new Watch(printed, ending);
    ShellPlan plan = new ShellPlan(null, MessageFormat.TEXT, null, Duration.ofMillis(1), PATIENCE);
    try (terminal;
        StompClient client = StompClient.builder(broker.uri()).observer(watch).connect()) {
      return new Sitting(client, printed, watch, ending, plan)
          .typed(terminal, Optional.of("me"), HistoryFile.in(environment.variables()));
    } catch (Failure e) {
      return e.code();
    }
  }

  private KeyboardTest press(String typed) throws IOException {
    keys.write(typed.getBytes(UTF_8));
    keys.flush();
    return this;
  }

  /** Waits for a text behind what was looked at before. */
  private KeyboardTest awaitScreen(String text) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(shown().substring(seen)).contains(text));
    seen = shown().indexOf(text, seen) + text.length();
    return this;
  }

  private void assertThatScreenContains(String text) {
    assertThat(shown()).contains(text);
  }

  /** What was written on the screen, without what moves the cursor and the like. */
  private String shown() {
    return screen.toString(UTF_8).replaceAll("\u001b\\[[0-9;?<>=]*[$]?[A-Za-z]|\u001b[=>]|\r", "");
  }

  private void leave() throws Exception {
    press(CTRL_D);
    assertThat(running.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(ExitCode.OK);
  }
}
