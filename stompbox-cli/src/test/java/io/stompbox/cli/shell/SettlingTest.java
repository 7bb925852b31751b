package io.stompbox.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.ScriptedBroker;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code ack} and {@code nack} send in each version, and what they refuse. */
class SettlingTest {
  static Stream<Arguments> settlements() {
    return Stream.of(
        row(
            "CLI-13 ack in 1.1",
            "1.1",
            "ack m1 1",
            Map.of("message-id", "m1", "subscription", "1")),
        row("CLI-15 ack in 1.2", "1.2", "ack m1", Map.of("id", "m1")),
        row(
            "CLI-16 nack in 1.1",
            "1.1",
            "nack m1 1",
            Map.of("message-id", "m1", "subscription", "1")),
        row("nack in 1.2", "1.2", "nack m1", Map.of("id", "m1")),
        row("ack in 1.0", "1.0", "ack m1", Map.of("message-id", "m1")));
  }

  private static Arguments row(
      String name, String version, String typed, Map<String, String> expected) {
    return Arguments.of(name, version, typed, expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("settlements")
  void tellsTheBrokerByTheIdsOfItsVersion(
      String name, String version, String typed, Map<String, String> expected) throws Exception {
    try (ScriptedBroker broker = ScriptedBroker.start()) {
      broker.onConnection(
          peer -> {
            peer.message(peer.subscribed(version), "m1", "hello");
            Frame settled =
                peer.expect(typed.substring(0, typed.indexOf(' ')).toUpperCase(Locale.ROOT));
            assertThat(settled.headers().asMap()).containsAllEntriesOf(expected);
            peer.receiptFor(peer.expect("DISCONNECT"));
          });

      Cli.Result result =
          shell(broker, "subscribe /queue/t client-individual", "wait", typed)
              .assertThatItEndsWith(ExitCode.OK);

      assertThat(result.err()).contains(" of m1 sent");
      broker.assertScriptsDone();
    }
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(
            "CLI-14 ack in 1.1 without a subscription",
            "1.1",
            "ack m1",
            "Expecting: ack <message-id> <subscription-id>"),
        Arguments.of("ack with too much in 1.2", "1.2", "ack m1 1", "Expecting: ack <id>"),
        Arguments.of("CLI-30 nack in 1.0", "1.0", "nack m1", "nack is not in STOMP 1.0"),
        Arguments.of(
            "ack of another message",
            "1.2",
            "ack m2",
            "No message 'm2' waits to be acknowledged\n  these do: m1"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void sendsNothingWhereTheBrokerWouldNotKnowWhatIsMeant(
      String name, String version, String typed, String expected) throws Exception {
    try (ScriptedBroker broker = ScriptedBroker.start()) {
      broker.onConnection(
          peer -> {
            peer.message(peer.subscribed(version), "m1", "hello");
            peer.receiptFor(peer.expect("DISCONNECT"));
          });

      Cli.Result result =
          shell(broker, "subscribe /queue/t client-individual", "wait", typed)
              .assertThatItEndsWith(ExitCode.PARTLY_DONE);

      assertThat(result.err()).contains(expected);
      broker.assertScriptsDone();
    }
  }

  @Test
  void clientModeAcknowledgesAllEarlierMessagesAsWell() throws Exception {
    try (ScriptedBroker broker = ScriptedBroker.start()) {
      broker.onConnection(
          peer -> {
            Frame subscribe = peer.subscribed("1.2");
            peer.message(subscribe, "m1", "first");
            peer.message(subscribe, "m2", "second");
            peer.message(subscribe, "m3", "third");
            assertThat(peer.expect("ACK").require("id")).isEqualTo("m1");
            assertThat(peer.expect("ACK").require("id")).isEqualTo("m2");
            peer.receiptFor(peer.expect("DISCONNECT"));
          });

      shell(broker, "subscribe /queue/t client", "wait 3", "ack m2")
          .assertThatItEndsWith(ExitCode.OK);

      broker.assertScriptsDone();
    }
  }

  @Test
  void whatIsAcknowledgedTooLateIsSaidToBeStale() throws Exception {
    try (ScriptedBroker broker = ScriptedBroker.start()) {
      broker
          .onConnection(
              peer -> {
                peer.message(peer.subscribed("1.2"), "m1", "hello");
                assertThat(peer.expect("SEND").text()).isEqualTo("lose me");
                peer.reset();
              })
          .onConnection(
              peer -> {
                peer.handshake("1.2");
                peer.receiptFor(peer.expect("SUBSCRIBE"));
                peer.receiptFor(peer.expect("DISCONNECT"));
              });
      try (TypedShell shell = TypedShell.start("-s", broker.uri(), "--wait", "1ms")) {
        shell.type("subscribe /queue/t client-individual").awaitOut("hello");
        shell.type("send /queue/x lose me").awaitErr("; connecting again");
        shell.awaitErr("Connected again, to stomp://127.0.0.1:");
        shell.type("ack m1").awaitErr("ACK of m1 is STALE");

        assertThat(shell.end()).isEqualTo(ExitCode.OK.number());
      }
      broker.assertScriptsDone();
    }
  }

  @Test
  void acknowledgementsOfATransactionAreOpenAgainWhenItIsAborted() throws Exception {
    try (ScriptedBroker broker = ScriptedBroker.start()) {
      broker.onConnection(SettlingTest::takeAbortedAndCommittedAck);

      shell(
              broker,
              "subscribe /queue/t client-individual",
              "wait",
              "begin",
              "ack m1",
              "abort",
              "begin",
              "ack m1",
              "commit")
          .assertThatItEndsWith(ExitCode.OK);

      broker.assertScriptsDone();
    }
  }

  @Test
  void acknowledgementsOfATransactionThatIsLeftOpenAreTold() throws Exception {
    try (ScriptedBroker broker = ScriptedBroker.start()) {
      broker.onConnection(
          peer -> {
            peer.message(peer.subscribed("1.2"), "m1", "hello");
            peer.expect("BEGIN");
            peer.expect("ACK");
            peer.next();
          });

      Cli.Result result =
          shell(broker, "subscribe /queue/t client-individual", "wait", "begin", "ack m1", "quit")
              .assertThatItEndsWith(ExitCode.PARTLY_DONE);

      assertThat(result.err())
          .contains("not committed, so 1 message that was settled in it comes again")
          .doesNotContain("dropped");
    }
  }

  private static void takeAbortedAndCommittedAck(Peer peer) {
    peer.message(peer.subscribed("1.2"), "m1", "hello");
    for (String end : List.of("ABORT", "COMMIT")) {
      String transaction = peer.expect("BEGIN").require("transaction");
      assertThat(peer.expect("ACK").require("transaction")).isEqualTo(transaction);
      Frame frame = peer.expect(end);
      assertThat(frame.require("transaction")).isEqualTo(transaction);
      if (end.equals("COMMIT")) {
        peer.receiptFor(frame);
      }
    }
    peer.receiptFor(peer.expect("DISCONNECT"));
  }

  private static Cli.Result shell(ScriptedBroker broker, String... lines) {
    return new Cli()
        .input(String.join("\n", lines))
        .call("shell", "-s", broker.uri(), "--wait", "1ms");
  }
}
