package io.stompbox.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.client.StompClient;
import io.stompbox.testkit.EmbeddedBroker;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is typed, and what is shown of it. Each row begins with its number in {@code docs/cases.md}.
 * Lines that begin with {@code >} and {@code <} are the frames that {@code trace} shows.
 */
class TranscriptTest {
  private static EmbeddedBroker broker;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  static Stream<Arguments> transcripts() {
    return Stream.of(
        row(
            "CLI-01 subscribe numbers its ids",
            List.of("trace", "subscribe /queue/1"),
            "Subscribing to '/queue/1' with acknowledge set to 'auto', id set to '1'",
            "> SUBSCRIBE [id:1, destination:/queue/1, ack:auto"),
        row(
            "CLI-03 send and its return",
            List.of("subscribe /queue/3", "trace", "send /queue/3 hello   world", "wait"),
            "> SEND [destination:/queue/3, content-type:text/plain] 11 octets 'hello world'",
            "< MESSAGE [content-length:11, ",
            "\nsubscription: 1\n\nhello world\n"),
        row(
            "send with headers, and a message as it was typed",
            List.of("trace", "send /queue/h -H priority:9 -H \"title:two words\" -- {\"a\":  1}"),
            "priority:9, title:two words, content-type:text/plain] 9 octets '{\"a\":  1}'"),
        row(
            "CLI-04 sendrec waits for its receipt",
            List.of("trace", "sendrec /queue/4 with receipt"),
            "'with receipt'",
            "Receipt: "),
        row(
            "CLI-05 sendreply",
            List.of("trace", "sendreply /queue/5 corr1 the reply"),
            "correlation-id:corr1",
            " 10 octets 'the reply?'"),
        row(
            "CLI-09 nothing comes before commit",
            List.of(
                "subscribe /queue/9",
                "begin",
                "send /queue/9 in it",
                "wait 1 200ms",
                "commit",
                "wait"),
            "Transaction id: ",
            "Not so many messages within 200ms: 1\n",
            "Committing ",
            "in it\n"),
        row(
            "CLI-11 abort",
            List.of(
                "subscribe /queue/11", "begin", "send /queue/11 never", "abort", "wait 1 200ms"),
            "Aborted transaction: ",
            "Not so many messages"),
        row("CLI-19 empty line", List.of("", "   "), ""),
        row(
            "CLI-22 help",
            List.of("help", "help send"),
            "  subscribe ",
            "Usage:\n  send <destination> ",
            "Required parameters:\n  <destination>, <message>\n",
            "Description:\n  Sends a message"),
        row(
            "CLI-23 quit",
            List.of("trace", "quit", "send /queue/23 never"),
            "Shutting down, please wait",
            "> DISCONNECT [receipt:"),
        row("CLI-28 version", List.of("version"), "stompbox ", "STOMP 1.2"));
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        row(
            "CLI-02 subscribe twice",
            List.of("subscribe /queue/2", "trace", "subscribe /queue/2"),
            "standard input:3: Already subscribed to /queue/2"),
        row("CLI-08 begin twice", List.of("begin", "begin"), "2: Currently in a transaction (t-1)"),
        row("CLI-10 commit", List.of("commit"), "Not currently in a transaction"),
        row("CLI-10 abort", List.of("abort"), "Not currently in a transaction"),
        row("CLI-10 rollback", List.of("rollback"), "Not currently in a transaction"),
        row("CLI-12 stats that nobody counts", List.of("stats"), "No stats available"),
        row("CLI-12 stats x", List.of("stats x"), "Expecting: stats [on|off]"),
        row("CLI-17 unknown command", List.of("foo bar"), "Unknown command: foo"),
        row("a command with a mistake", List.of("hepl"), "did you mean help?", "help lists all"),
        row("a command with a mistake", List.of("subscrib /queue/a"), "did you mean subscribe"),
        row("aliases of the command line", List.of("pub /queue/a"), "Expecting: send <dest"),
        row("aliases of the command line", List.of("sub"), "Expecting: subscribe <dest"),
        row("CLI-18 send", List.of("send"), "Expecting: send <destination>"),
        row("CLI-18 send without a message", List.of("send /queue/a"), "Expecting: send <dest"),
        row(
            "CLI-20 unsubscribe twice",
            List.of("subscribe /queue/20", "unsubscribe /queue/20", "unsubscribe /queue/20"),
            "Unsubscribing from '/queue/20'",
            "Subscription /queue/20 not found"),
        row("CLI-21 run", List.of("run nofile"), "File nofile was not found"));
  }

  private static Arguments row(String name, List<String> lines, String... expected) {
    return Arguments.of(name, lines, Arrays.asList(expected));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("transcripts")
  void showsWhatIsTyped(String name, List<String> lines, List<String> expected) {
    Cli.Result result = shell(lines);

    assertThat(result.err() + result.out()).contains(expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void refusesWithAReasonAndSendsNothing(String name, List<String> lines, List<String> expected) {
    Cli.Result result = shell(lines).assertThatItEndsWith(ExitCode.PARTLY_DONE);

    assertThat(result.err()).contains(expected).doesNotContain("\n> S");
  }

  @Test
  void cli12StatsCountSinceTheyAreOn() throws Exception {
    try (TypedShell shell = TypedShell.start("-s", broker.uri())) {
      shell.type("subscribe /queue/12").type("stats on").type("send /queue/12 x");
      shell.typeUntilOut("stats", "messages:             1 (1 octets in bodies)");
      shell.type("stats off").type("stats").awaitErr("No stats available");

      assertThat(shell.end()).isEqualTo(ExitCode.PARTLY_DONE.number());
      assertThat(shell.out()).contains("frames sent:          1 (1 octets in bodies)");
    }
  }

  @Test
  void requestShowsTheReply() {
    try (StompClient other = StompClient.connect(broker.uri())) {
      other.reply("/queue/prices", request -> request.reply().text(request.text() + ": 3"));

      Cli.Result result = shell(List.of("request /queue/prices apple"));

      assertThat(result.assertThatItEndsWith(ExitCode.OK).out()).contains("\napple: 3\n");
    }
  }

  private static Cli.Result shell(List<String> lines) {
    return new Cli()
        .input(String.join("\n", lines))
        .call("shell", "-s", broker.uri(), "--wait", "1ms");
  }
}
