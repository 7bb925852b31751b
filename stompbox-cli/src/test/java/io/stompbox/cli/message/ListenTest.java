package io.stompbox.cli.message;

import static io.stompbox.client.ClientState.CONNECTED;
import static io.stompbox.client.ClientState.RECOVERING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.client.StateChange;
import io.stompbox.testkit.ScriptedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code listen} can do beyond writing bodies. */
class ListenTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** But with as much time to connect as a busy machine takes. */
  private static final String WITHIN_HALF_A_SECOND =
      " --timeout 500ms --set timeout.connect=30s -s ";

  @RegisterExtension static final LiveBroker BROKER = new LiveBroker();

  @Test
  void messagesOfSeveralDestinationsComeInOneStream() {
    String other = BROKER.queue() + "-other";
    BROKER.send("1");
    Cli.run("send", "-s", BROKER.uri(), other, "2").assertThatItEndsWith(ExitCode.OK);

    Cli.Result result =
        BROKER
            .run("listen", other, "-c", "2", "--wait", "20s", "-f", "%d=%b\\n")
            .assertThatItEndsWith(ExitCode.OK);

    assertThat(result.out().lines()).containsExactlyInAnyOrder(BROKER.queue() + "=1", other + "=2");
  }

  @Test
  void objectCanBeSentAgain() {
    BROKER.send("hi");
    String json =
        BROKER
            .run("listen", "-c", "1", "-o", "json", "--wait", "20s")
            .assertThatItEndsWith(ExitCode.OK)
            .out();
    assertThat(json).startsWith("{\"destination\":\"" + BROKER.queue()).endsWith("}\n");

    new Cli()
        .input(json)
        .call("send", "-s", BROKER.uri(), "--json-lines", "--receipt")
        .assertThatItEndsWith(ExitCode.OK);

    assertThat(BROKER.listen(1)).isEqualTo("hi\n");
  }

  @Test
  void timeInAllEndsIt() {
    BROKER.send("1", "2");

    Cli.Result result = BROKER.run("listen", "--for", "800ms").assertThatItEndsWith(ExitCode.OK);

    assertThat(result.out()).isEqualTo("1\n2\n");
    BROKER.assertThatNothingIsLeft();
  }

  /** As of a broker that breaks the protocol as soon as it has a subscriber. */
  @ParameterizedTest
  @ValueSource(strings = {"listen /queue/a", "pipe /queue/a -", "reply /queue/a --echo"})
  void lossesBeforeTheReceiptOfSubscribeAreTheReasonThatNoneComes(String command) {
    try (ScriptedBroker scripted = ScriptedBroker.start()) {
      scripted.otherwise(
          peer -> {
            peer.handshake("1.2");
            peer.next();
            peer.send("MESSAGE\nbad:\\x\n\n^@");
            peer.next();
          });

      Cli.Result result =
          Cli.run((command + WITHIN_HALF_A_SECOND + scripted.uri()).split(" "))
              .assertThatItEndsWith(ExitCode.CONNECTION_LOST);

      assertThat(result.err().lines().filter(line -> line.contains("no receipt for SUBSCRIBE")))
          .singleElement()
          .asString()
          .contains("the connection was lost meanwhile", "\\x");
    }
  }

  /** The client acknowledges a batch when more is asked for. */
  @ParameterizedTest
  @CsvSource({"-c 1", "-c 2 --ack client", "-c 1 --nack"})
  void messageThatCannotBeSettledIsTheFaultOfTheBroker(String how) throws Exception {
    try (ScriptedBroker scripted = ScriptedBroker.start()) {
      scripted.onConnection(
          peer -> {
            String id = peer.subscribed("1.2").require("id");
            peer.send(
                "MESSAGE\nmessage-id:m-1\ndestination:/queue/a\nsubscription:" + id + "\n\nhi^@");
            peer.next();
          });

      Cli.Result result =
          Cli.run(("listen /queue/a -s " + scripted.uri() + " " + how).split(" "))
              .assertThatItEndsWith(ExitCode.CONNECTION_LOST);

      assertThat(result.out()).isEqualTo("hi\n");
      assertThat(result.err())
          .contains("the broker broke the protocol: the message has no header 'ack'")
          .contains("  the message was written and not acknowledged, so it comes again")
          .contains("message-id 'm-1'")
          .doesNotContain("MessageIds");
    }
  }

  @Test
  void nothingInAllThatTimeIsATimeOut() {
    Cli.Result result =
        BROKER.run("listen", "--for", "200ms").assertThatItEndsWith(ExitCode.TIMED_OUT);

    assertThat(result.err())
        .isEqualTo("stompbox: no message on " + BROKER.queue() + " within 200ms\n");
  }

  /** There may be a thousand messages there. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "listen /queue/a --wait 1s | no message on /queue/a within 1s; the connection",
        "listen /queue/a --wait 1s -c 2 --retry forever | no message on /queue/a within 1s; the",
        "reply /queue/a --echo --wait 1s | no message on /queue/a within 1s; the connection",
        "pipe /queue/a - --wait 1s | no message on /queue/a within 1s; source: the connection",
        "pipe /queue/a /queue/b --to BROKER --wait 1s | /queue/a within 1s; source: the connection"
      })
  void connectionThatIsDownAtTheEndIsSaidInsteadOfNoMessage(String command, String words)
      throws Exception {
    try (ScriptedBroker scripted = ScriptedBroker.start()) {
      scripted.onConnection(
          peer -> {
            peer.subscribed("1.2");
            peer.close();
          });
      if (command.startsWith("reply")) {
        scripted.onConnection(
            peer -> {
              peer.handshake("1.2");
              peer.receiptFor(peer.expect("DISCONNECT"));
            });
      }
      String[] args =
          (command.replace("BROKER", BROKER.uri()) + " -s " + scripted.uri()).split(" ");

      Cli.Result result = Cli.run(args).assertThatItEndsWith(ExitCode.CONNECTION_LOST);

      assertThat(result.err())
          .contains(words)
          .containsPattern("is down since 2\\S+Z: \\S+")
          .contains("  there may be more, and messages that were not acknowledged come again");
    }
  }

  @Test
  void whatHasComeBeforeTheConnectionWentDownIsNotAll() throws Exception {
    try (ScriptedBroker scripted = ScriptedBroker.start()) {
      scripted.onConnection(
          peer -> {
            peer.message(peer.subscribed("1.2"), "m-1", "hi");
            peer.expect("ACK");
            peer.close();
          });

      Cli.Result result =
          Cli.run("listen", "-s", scripted.uri(), "/queue/a", "--wait", "1s")
              .assertThatItEndsWith(ExitCode.CONNECTION_LOST);

      assertThat(result.out()).isEqualTo("hi\n");
      assertThat(result.err())
          .contains("stompbox: 1 message on /queue/a, and no more within 1s; the connection is");
    }
  }

  /** It is there again when the time is over. */
  @Test
  void connectionThatWasDownMeanwhileIsNoReasonToFail() {
    Environment environment = new Cli().environment();
    Losses losses = new Losses(environment, "");
    Reception reception = new Reception(null, Duration.ofMillis(1), null);
    reception.received();
    losses.note(new StateChange(CONNECTED, RECOVERING, 1, Optional.empty()));

    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> reception.ending(environment, "/queue/a", losses));

    losses.note(new StateChange(RECOVERING, CONNECTED, 2, Optional.empty()));

    assertThat(reception.ending(environment, "/queue/a", losses)).isEqualTo(ExitCode.OK);
  }

  @Test
  void selectorChooses() {
    BROKER.run("send", "cheap", "-H", "price:1").assertThatItEndsWith(ExitCode.OK);
    BROKER.run("send", "dear", "-H", "price:9").assertThatItEndsWith(ExitCode.OK);

    Cli.Result result =
        BROKER
            .run("listen", "-c", "1", "--wait", "20s", "--selector", "price = '9'")
            .assertThatItEndsWith(ExitCode.OK);

    assertThat(result.out()).isEqualTo("dear\n");
    assertThat(BROKER.listen(1)).isEqualTo("cheap\n");
  }

  @Test
  void durableSubscriptionKeepsMessagesUntilItIsRemoved() {
    String topic = "/topic/durable";
    String[] listen = {"listen", "-s", BROKER.uri(), topic, "--durable", "d", "--client-id", "me"};
    run(listen, "--wait", "200ms").assertThatItEndsWith(ExitCode.TIMED_OUT);
    Cli.run("send", "-s", BROKER.uri(), topic, "while away", "--receipt")
        .assertThatItEndsWith(ExitCode.OK);

    assertThat(run(listen, "--wait", "20s", "-c", "1").out()).isEqualTo("while away\n");

    run(listen, "--unsubscribe").assertThatItEndsWith(ExitCode.OK);
    Cli.run("send", "-s", BROKER.uri(), topic, "gone", "--receipt")
        .assertThatItEndsWith(ExitCode.OK);
    run(listen, "--wait", "200ms").assertThatItEndsWith(ExitCode.TIMED_OUT);
  }

  @Test
  void durableSubscriptionNeedsAClient() {
    Cli.Result result =
        BROKER
            .run("listen", "--durable", "d", "--unsubscribe")
            .assertThatItEndsWith(ExitCode.USAGE);

    assertThat(result.err().lines())
        .containsExactly(
            "stompbox: ActiveMQ Classic knows a durable subscription by the client too",
            "  give --client-id ID, the same each time");
  }

  private static Cli.Result run(String[] args, String... more) {
    return Cli.run(Stream.of(args, more).flatMap(Stream::of).toArray(String[]::new));
  }

  @Test
  void refusedMessageIsWrittenAndRefused() throws Exception {
    try (ScriptedBroker scripted = ScriptedBroker.start()) {
      scripted.onConnection(
          peer -> {
            peer.message(peer.subscribed("1.2"), "m-1", "no");
            peer.expect("NACK");
            peer.expect("UNSUBSCRIBE");
            peer.receiptFor(peer.expect("DISCONNECT"));
          });

      Cli.Result result =
          Cli.run("listen", "-s", scripted.uri(), "/queue/a", "-c", "1", "--nack")
              .assertThatItEndsWith(ExitCode.OK);

      assertThat(result.out()).isEqualTo("no\n");
      scripted.assertScriptsDone();
    }
  }

  @Test
  void versionWithoutNackIsNamed() throws Exception {
    try (ScriptedBroker scripted = ScriptedBroker.start()) {
      scripted.onConnection(
          peer -> {
            peer.handshake("1.0");
            peer.expectEnd();
          });

      Cli.Result result =
          Cli.run("listen", "-s", scripted.uri(), "/queue/a", "--nack")
              .assertThatItEndsWith(ExitCode.USAGE);

      assertThat(result.err()).contains("--nack is not in STOMP 1.0");
    }
  }

  @Test
  void statisticsComeAtTheEnd() {
    BROKER.send("12345");

    Cli.Result result =
        BROKER
            .run("listen", "-c", "1", "--wait", "20s", "--stats")
            .assertThatItEndsWith(ExitCode.OK);

    assertThat(result.err()).matches("received 1 message \\(5 B\\) in [\\d.]+ s, .+ msg/s\n");
    assertThat(result.out()).isEqualTo("12345\n");
  }

  /** What a sender calls a file may be an attack. */
  @ParameterizedTest
  @CsvSource({
    "report.txt, report.txt",
    "../x, x",
    "/etc/x, x",
    "..\\..\\x, x",
    ".., file",
    ".hidden, hidden",
    "a:b|c, a_b_c",
    "a\u202etxt.exe, a_txt.exe"
  })
  void savedFileStaysInItsFolder(String name, String expected, @TempDir Path folder)
      throws IOException {
    Path inside = folder.resolve("inside");
    BROKER.run("send", "body", "-H", "filename:" + name).assertThatItEndsWith(ExitCode.OK);

    Cli.Result result = save(inside);

    assertThat(result.out()).isEqualTo(inside.resolve(expected) + "\n");
    assertThat(inside.resolve(expected)).hasContent("body");
    assertThat(files(folder)).containsExactly(inside.resolve(expected));
  }

  @Test
  void folderMayBeALinkToOne(@TempDir Path folder) throws IOException {
    Path inside = Files.createDirectory(folder.resolve("inside"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), inside);
    BROKER.run("send", "body", "-H", "filename:x").assertThatItEndsWith(ExitCode.OK);

    save(link);

    assertThat(inside.resolve("x")).hasContent("body");
  }

  @Test
  void savedFileOverwritesNone(@TempDir Path folder) throws IOException {
    Path outside = folder.resolve("outside");
    Path inside = Files.createDirectory(folder.resolve("inside"));
    Files.createSymbolicLink(inside.resolve("x"), outside);
    BROKER.run("send", "1", "-H", "filename:x").assertThatItEndsWith(ExitCode.OK);
    BROKER.run("send", "2", "-H", "filename:x").assertThatItEndsWith(ExitCode.OK);

    save(inside);
    save(inside);

    assertThat(outside).doesNotExist();
    assertThat(inside.resolve("x.2")).hasContent("1");
    assertThat(inside.resolve("x.3")).hasContent("2");
  }

  /** There is no broker at that port, so nobody has tried to connect. */
  @Test
  void folderThatCannotBeMadeIsRefusedBeforeConnecting(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");

    Cli.Result result =
        Cli.run("listen", "-s", "stomp://127.0.0.1:1", "/queue/a", "--save", file.toString())
            .assertThatItEndsWith(ExitCode.USAGE);

    assertThat(result.err())
        .isEqualTo(
            "stompbox: cannot save messages in "
                + file
                + ": something of that name is there already\n");
  }

  /** Nothing else says why the exit code is what it is. */
  @Test
  void quietCommandSaysThatThereWasNoMessage() {
    Cli.Result result =
        BROKER.run("listen", "-q", "--wait", "100ms").assertThatItEndsWith(ExitCode.TIMED_OUT);

    assertThat(result.err())
        .isEqualTo("stompbox: no message on " + BROKER.queue() + " within 100ms\n");
  }

  @Test
  void messageThatCannotBeSavedStaysWithTheBroker(@TempDir Path folder) throws Exception {
    Path inside = folder.resolve("inside");
    Cli listening =
        new Cli().start(BROKER.args("listen", "-c", "1", "--stats", "--save", inside.toString()));
    await().atMost(PATIENCE).until(() -> Files.isDirectory(inside));
    Files.delete(inside);
    Files.createFile(inside);
    BROKER.send("kept");

    Cli.Result result = listening.end().assertThatItEndsWith(ExitCode.UNEXPECTED);

    assertThat(result.err())
        .contains(
            "cannot save a message in " + inside + ": something of that name is there already");
    assertThat(BROKER.listen(1)).isEqualTo("kept\n");
  }

  private static Cli.Result save(Path folder) {
    return BROKER
        .run("listen", "-c", "1", "--wait", "20s", "--save", folder.toString())
        .assertThatItEndsWith(ExitCode.OK);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
