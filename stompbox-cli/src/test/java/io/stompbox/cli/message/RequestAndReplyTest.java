package io.stompbox.cli.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Terminal;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.ScriptedBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code request} and {@code reply} with a real broker between them. */
@DisabledOnOs(OS.WINDOWS)
class RequestAndReplyTest {
  @RegisterExtension static final LiveBroker BROKER = new LiveBroker();

  @Test
  void commandAnswersAndOnlyTheReplyIsWritten() throws Exception {
    Cli reply = start("-c", "1", "--", "tr", "a-z", "A-Z");

    Cli.Result result = request("apple", "-o", "text");

    assertThat(result.out()).isEqualTo("APPLE\n");
    assertThat(result.err()).isEmpty();
    assertThat(reply.end().assertThatItEndsWith(ExitCode.OK).out()).isEmpty();
    BROKER.assertThatNothingIsLeft();
  }

  @Test
  void echoAndTextAreAnswersToo() throws Exception {
    Cli echo = start("-c", "1", "--echo");
    assertThat(request("what").out()).isEqualTo("what\n");
    echo.end().assertThatItEndsWith(ExitCode.OK);

    Cli text = start("-c", "1", "--body", "42", "-H", "by:me");
    assertThat(request("what", "-f", "%b by %h{by}").out()).isEqualTo("42 by me");
    text.end().assertThatItEndsWith(ExitCode.OK);
  }

  @Test
  void commandThatFailsIsSaidInTheReply() throws Exception {
    Cli reply = start("-c", "1", "--", "sh", "-c", "echo half; exit 3");

    Cli.Result result = requestInVain("x", "-f", "%h{reply-error}: %b");

    assertThat(result.out()).isEqualTo("exit status 3: half\n");
    assertThat(result.err())
        .startsWith("stompbox: no answer from " + BROKER.queue() + ": exit status 3\n");
    assertThat(reply.end().err()).contains("no answer to a request: exit status 3");
  }

  @Test
  void commandThatHangsIsEnded() throws Exception {
    Cli reply = start("-c", "1", "--command-timeout", "300ms", "--", "sleep", "1000");

    Cli.Result result = requestInVain("x", "-f", "%h{reply-error}");

    assertThat(result.out()).isEqualTo("no end within 300ms");
    assertThat(result.err()).contains(": no end within 300ms\n");
    reply.end().assertThatItEndsWith(ExitCode.OK);
  }

  @Test
  void commandThatLeavesSomebodyBehindIsNotWaitedFor() throws Exception {
    Cli reply =
        start("-c", "1", "--command-timeout", "500ms", "--", "sh", "-c", "sleep 20 & echo hi");

    assertThat(request("x", "-f", "%b%h{reply-error}").out()).isEqualTo("hi\n");
    reply.end().assertThatItEndsWith(ExitCode.OK);
  }

  @Test
  void commandThatDoesNotReadItsInputMayAnswer() throws Exception {
    Cli reply = start("-c", "1", "--", "echo", "fixed");

    assertThat(request("x".repeat(1_000_000)).out()).isEqualTo("fixed\n\n");
    reply.end().assertThatItEndsWith(ExitCode.OK);
  }

  @ParameterizedTest
  @CsvSource({
    "no-such-command, there is no such program in PATH",
    "ehco, 'did you mean echo'",
    "/no/such/command, there is no such file"
  })
  void commandThatCannotBeRunIsToldBeforeThereIsAConnection(String command, String words) {
    Cli.Result result =
        Cli.run("reply", "-s", "stomp://127.0.0.1:1", "/queue/a", "--", command)
            .assertThatItEndsWith(ExitCode.USAGE);

    assertThat(result.err()).startsWith("stompbox: cannot run " + command).contains(words);
  }

  @Test
  void fileThatIsNoProgramIsToldWithHowToMakeItOne(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("answer"), "echo 42");

    Cli.Result result =
        Cli.run("reply", "/queue/a", file.toString()).assertThatItEndsWith(ExitCode.USAGE);

    assertThat(result.err()).contains("it may not be executed", "chmod +x " + file);
  }

  @Test
  void commandThatIsGoneWhenItIsNeededEndsItAndLeavesTheRequest(@TempDir Path folder)
      throws Exception {
    Path file = Files.writeString(folder.resolve("answer"), "#!/bin/sh\necho 42");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    Cli reply = start(file.toString());
    Files.delete(file);
    BROKER.run("send", "x", "--reply-to", "/queue/r").assertThatItEndsWith(ExitCode.OK);

    assertThat(reply.end().assertThatItEndsWith(ExitCode.USAGE).err())
        .contains("cannot run " + file);
    assertThat(BROKER.listen(1)).isEqualTo("x\n");
  }

  /** ActiveMQ Classic ends the connection on which somebody sends to a queue that has gone. */
  @Test
  void requestOfSomebodyWhoHasLeftIsToldOnceAndNoReasonToStop() throws Exception {
    for (int i = 0; i < 2; i++) {
      BROKER.run("request", "left", "--wait", "1ms").assertThatItEndsWith(ExitCode.TIMED_OUT);
    }
    Cli reply = start("-c", "3", "--echo");

    assertThat(request("here").out()).isEqualTo("here\n");

    String[] lines = reply.end().assertThatItEndsWith(ExitCode.PARTLY_DONE).err().split("\n");
    assertThat(lines)
        .hasSize(4)
        .endsWith("stompbox: 2 of 3 requests got no reply, as it was refused");
    assertThat(lines)
        .filteredOn(
            line ->
                line.matches(".*the reply to /remote-temp-queue/.* was refused: \".*\"; whoever.*"))
        .hasSize(2);
    BROKER.assertThatNothingIsLeft();
  }

  @Test
  void messageThatWantsNoReplyIsHandledAllTheSame() {
    BROKER.send("x");
    BROKER.send("y");

    Cli.Result result = BROKER.run("reply", "-c", "2", "--echo").assertThatItEndsWith(ExitCode.OK);

    assertThat(result.err())
        .containsOnlyOnce("wants no reply (no reply-to)")
        .contains("2 of 2 messages wanted no reply");
    BROKER.assertThatNothingIsLeft();
  }

  @Test
  void requestIsAcknowledgedAfterItsReplyIsConfirmed() throws Exception {
    CountDownLatch replied = new CountDownLatch(1);
    CountDownLatch quiet = new CountDownLatch(1);
    try (ScriptedBroker scripted = ScriptedBroker.start()) {
      scripted.onConnection(
          peer -> {
            request(peer);
            assertThat(replied.await(20, TimeUnit.SECONDS)).isTrue();
            peer.expectSilence(Duration.ofMillis(100));
            quiet.countDown();
            peer.expect("ACK");
            peer.receiptFor(peer.expect("DISCONNECT"));
          });
      scripted.onConnection(
          peer -> {
            peer.handshake("1.2");
            var reply = peer.expect("SEND");
            assertThat(reply.require("destination")).isEqualTo("/queue/r");
            assertThat(reply.require("correlation-id")).isEqualTo("c");
            replied.countDown();
            assertThat(quiet.await(20, TimeUnit.SECONDS)).isTrue();
            peer.receiptFor(reply);
            peer.receiptFor(peer.expect("DISCONNECT"));
          });

      Cli.run("reply", "-s", scripted.uri(), "/queue/a", "--echo", "-c", "1")
          .assertThatItEndsWith(ExitCode.OK);

      scripted.assertScriptsDone();
    }
  }

  private static void request(Peer peer) {
    String id = peer.subscribed("1.2").require("id");
    peer.send(
        "MESSAGE\nmessage-id:m-1\nack:a-1\ndestination:/queue/a\nsubscription:"
            + id
            + "\nreply-to:/queue/r\ncorrelation-id:c\n\nhi^@");
  }

  /** Some brokers say which frame they refuse, and some do not. */
  @ParameterizedTest
  @CsvSource({
    "'ERROR\nmessage:gone\nreceipt-id:%s\n\n^@', 'the reply to /queue/r was refused: \"gone\"; whoever'",
    "'ERROR\nmessage:gone\n\n^@', 'the broker ended all of them'"
  })
  void refusedReplyLeavesTheConnectionOfTheRequestsAlone(String answer, String words)
      throws Exception {
    CountDownLatch acknowledged = new CountDownLatch(1);
    try (ScriptedBroker scripted = ScriptedBroker.start()) {
      scripted.onConnection(
          peer -> {
            request(peer);
            peer.expect("ACK");
            acknowledged.countDown();
            peer.receiptFor(peer.expect("DISCONNECT"));
          });
      scripted.otherwise(
          peer -> {
            assertThat(peer.handshake("1.2").header("client-id")).isEqualTo("me-replies");
            Frame reply = peer.expect("SEND");
            peer.send(answer.formatted(reply.require("receipt")));
          });

      Cli.Result result =
          Cli.run(
                  "reply",
                  "-s",
                  scripted.uri(),
                  "/queue/a",
                  "--echo",
                  "-c",
                  "1",
                  "--client-id",
                  "me")
              .assertThatItEndsWith(ExitCode.PARTLY_DONE);

      assertThat(acknowledged.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(result.err())
          .contains(words)
          .endsWith("stompbox: 1 of 1 requests got no reply, as it was refused\n");
    }
  }

  @Test
  void refusedRequestIsNotAnswered() throws Exception {
    try (ScriptedBroker scripted = ScriptedBroker.start()) {
      scripted.onConnection(
          peer -> {
            peer.message(peer.subscribed("1.2"), "m-1", "hi");
            peer.expect("NACK");
            peer.receiptFor(peer.expect("DISCONNECT"));
          });
      scripted.onConnection(
          peer -> {
            peer.handshake("1.2");
            peer.receiptFor(peer.expect("DISCONNECT"));
          });

      Cli.run("reply", "-s", scripted.uri(), "/queue/a", "--nack", "-c", "1", "--", "false")
          .assertThatItEndsWith(ExitCode.OK);

      scripted.assertScriptsDone();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--echo, 'it was handled, and comes again'",
    "--nack -- false, 'it got no reply, and comes again'"
  })
  void requestThatCannotBeSettledIsTheFaultOfTheBroker(String how, String fate) throws Exception {
    try (ScriptedBroker scripted = ScriptedBroker.start()) {
      scripted.onConnection(
          peer -> {
            String id = peer.subscribed("1.2").require("id");
            peer.send(
                "MESSAGE\nmessage-id:m-1\ndestination:/queue/a\nsubscription:" + id + "\n\nhi^@");
            peer.next();
          });
      scripted.onConnection(
          peer -> {
            peer.handshake("1.2");
            peer.next();
          });

      Cli.Result result =
          Cli.run(("reply /queue/a -s " + scripted.uri() + " " + how).split(" "))
              .assertThatItEndsWith(ExitCode.CONNECTION_LOST);

      assertThat(result.err())
          .contains("the broker broke the protocol: the message has no header 'ack'")
          .endsWith("\n  " + fate + "\n");
    }
  }

  @Test
  void largeFileOfARequestIsReadWhileItIsSent(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("body"), new byte[(int) FileBody.LARGEST_HELD + 1]);
    try (ScriptedBroker scripted = ScriptedBroker.start()) {
      scripted.onConnection(
          peer -> {
            Files.write(file, new byte[3]);
            peer.subscribed("1.2");
            peer.next();
          });

      Cli.Result result =
          Cli.run("request", "-s", scripted.uri(), "/queue/a", "@" + file)
              .assertThatItEndsWith(ExitCode.USAGE);

      assertThat(result.err()).contains("cannot read " + file, "and has 3 octets while it is sent");
    }
  }

  @Test
  void requestThatNobodyAnswersIsATimeOut() {
    Cli.Result result =
        BROKER.run("request", "x", "--wait", "300ms").assertThatItEndsWith(ExitCode.TIMED_OUT);

    assertThat(result.err())
        .isEqualTo(
            """
            stompbox: no reply from %s within 300ms; the request may have been handled
              does somebody answer there? try: stompbox reply %<s --echo
            """
                .formatted(BROKER.queue()));
    assertThat(result.out()).isEmpty();
  }

  /** What waits for a receipt in vain names its frame. */
  @Test
  void destinationMayHaveTheNameOfAFrame() {
    try (ScriptedBroker scripted = ScriptedBroker.start()) {
      scripted.onConnection(
          peer -> {
            peer.subscribed("1.2");
            peer.receiptFor(peer.expect("SEND"));
            peer.expectEnd();
          });

      assertThat(
              Cli.run("request", "-s", scripted.uri(), "/queue/SUBSCRIBE", "x", "--wait", "300ms")
                  .assertThatItEndsWith(ExitCode.TIMED_OUT)
                  .err())
          .startsWith("stompbox: no reply from /queue/SUBSCRIBE within 300ms; the request may");
    }
  }

  @Test
  void requestThatWasNotSentIsNotSaidToHaveNoReply() {
    try (ScriptedBroker scripted = ScriptedBroker.start()) {
      scripted.onConnection(
          peer -> {
            peer.handshake("1.2");
            peer.expect("SUBSCRIBE");
            peer.expectEnd();
          });

      Cli.Result result =
          Cli.run("request", "-s", scripted.uri(), "--timeout", "300ms", "/queue/a", "x")
              .assertThatItEndsWith(ExitCode.TIMED_OUT);

      assertThat(result.err())
          .startsWith("stompbox: no receipt for SUBSCRIBE to ")
          .contains("is the broker overloaded or blocked?")
          .doesNotContain("reply from", "handled");
    }
  }

  @Test
  void thatNobodyKnowsWhetherARequestWasHandledIsSaidOnce() {
    try (ScriptedBroker scripted = ScriptedBroker.start()) {
      scripted.onConnection(
          peer -> {
            peer.expect("CONNECT");
            peer.send("CONNECTED\nversion:1.2\nserver:RabbitMQ/4.3.0\n\n^@");
            peer.receiptFor(peer.expect("SEND"));
            peer.reset();
          });

      Cli.Result result =
          Cli.run("request", "-s", scripted.uri(), "/queue/a", "x")
              .assertThatItEndsWith(ExitCode.CONNECTION_LOST);

      assertThat(result.err())
          .isEqualTo(
              """
              stompbox: the connection was lost that the reply to a request to /queue/a was to come \
              on; the request may have been handled
                asking again may have it handled twice
              """);
    }
  }

  private static Cli start(String... more) {
    return new Cli()
        .terminal(Terminal.Stream.ERROR)
        .start(BROKER.args("reply", more))
        .awaitErr("answering requests");
  }

  private static Cli.Result request(String... more) {
    return ask(more).assertThatItEndsWith(ExitCode.OK);
  }

  /** Asks where the reply will say that it is no answer. */
  private static Cli.Result requestInVain(String... more) {
    return ask(more).assertThatItEndsWith(ExitCode.PARTLY_DONE);
  }

  private static Cli.Result ask(String... more) {
    String[] all =
        Stream.concat(Stream.of(more), Stream.of("--wait", "20s")).toArray(String[]::new);
    return BROKER.run("request", all);
  }
}
