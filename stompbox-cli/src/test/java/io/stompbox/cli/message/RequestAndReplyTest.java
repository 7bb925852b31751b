package io.stompbox.cli.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Terminal;
import io.stompbox.testkit.ScriptedBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

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

  @Test
  void commandThatCannotBeRunEndsItAndLeavesTheRequest() throws Exception {
    BROKER.run("send", "x", "--reply-to", "/queue/r").assertThatItEndsWith(ExitCode.OK);

    Cli.Result result =
        BROKER.run("reply", "--", "no-such-command").assertThatItEndsWith(ExitCode.USAGE);

    assertThat(result.err()).contains("cannot run no-such-command");
    assertThat(BROKER.listen(1)).isEqualTo("x\n");
  }

  @Test
  void messageThatWantsNoReplyIsHandledAllTheSame() {
    BROKER.send("x");

    Cli.Result result = BROKER.run("reply", "-c", "1", "--echo").assertThatItEndsWith(ExitCode.OK);

    assertThat(result.err()).contains("wants no reply");
    BROKER.assertThatNothingIsLeft();
  }

  @Test
  void requestIsAcknowledgedAfterItsReplyIsConfirmed() throws Exception {
    try (ScriptedBroker scripted = ScriptedBroker.start()) {
      scripted.onConnection(
          peer -> {
            String id = peer.subscribed("1.2").require("id");
            peer.send(
                "MESSAGE\nmessage-id:m-1\nack:a-1\ndestination:/queue/a\nsubscription:"
                    + id
                    + "\nreply-to:/queue/r\ncorrelation-id:c\n\nhi^@");
            var reply = peer.expect("SEND");
            assertThat(reply.require("destination")).isEqualTo("/queue/r");
            assertThat(reply.require("correlation-id")).isEqualTo("c");
            peer.receiptFor(reply);
            peer.expect("ACK");
            peer.receiptFor(peer.expect("DISCONNECT"));
          });

      Cli.run("reply", "-s", scripted.uri(), "/queue/a", "--echo", "-c", "1")
          .assertThatItEndsWith(ExitCode.OK);

      scripted.assertScriptsDone();
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

      Cli.run("reply", "-s", scripted.uri(), "/queue/a", "--nack", "-c", "1", "--", "false")
          .assertThatItEndsWith(ExitCode.OK);

      scripted.assertScriptsDone();
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
        .startsWith("stompbox: no reply from " + BROKER.queue() + " within 300ms\n");
    assertThat(result.out()).isEmpty();
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
