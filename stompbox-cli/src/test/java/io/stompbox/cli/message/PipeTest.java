package io.stompbox.cli.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.Fault;
import io.stompbox.testkit.FaultProxy;
import io.stompbox.testkit.Place;
import io.stompbox.testkit.QueueBroker;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code pipe} between two brokers that keep count, over connections that break. */
class PipeTest {
  private static final String QUEUE = "/queue/a";
  private static final String TARGET = "/queue/b";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final QueueBroker source = new QueueBroker();
  private final QueueBroker target = new QueueBroker();
  private final ScriptedBroker from = ScriptedBroker.start().otherwise(source::serve);
  private final ScriptedBroker to = ScriptedBroker.start().otherwise(target::serve);

  @AfterEach
  void stopBrokers() {
    from.close();
    to.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--window=7", "--tx=7"})
  void countedMessagesAreMovedAndTheRestStays(String how) {
    fill(12);

    Cli.Result result =
        pipe(from.uri(), to.uri(), how, "-c", "10").assertThatItEndsWith(ExitCode.OK);

    assertThat(result.err())
        .isEqualTo("stompbox: received 10, forwarded 10, confirmed 10, acknowledged 10\n");
    assertThat(result.out()).isEmpty();
    assertThat(arrived()).isEqualTo(numbers(10));
    await().atMost(PATIENCE).until(() -> source.waiting(QUEUE) == 2);
  }

  @Test
  void headersAreKeptButForThoseOfTheDelivery() {
    Cli.run("send", "-s", from.uri(), QUEUE, "x", "-H", "note:kept", "--receipt")
        .assertThatItEndsWith(ExitCode.OK);

    pipe(from.uri(), to.uri(), "-c", "1").assertThatItEndsWith(ExitCode.OK);

    String headers = Cli.run("listen", "-s", to.uri(), TARGET, "-c", "1", "--headers-only").out();
    assertThat(headers.lines())
        .contains("note:kept", "persistent:true", "destination:" + TARGET)
        .filteredOn(line -> line.startsWith("message-id:"))
        .hasSize(1);
  }

  @Test
  void quietPipeThatHasMovedAllSaysNothing() {
    fill(2);

    assertThat(pipe(from.uri(), to.uri(), "-q", "-c", "2").assertThatItEndsWith(ExitCode.OK).err())
        .isEmpty();
  }

  @Test
  void nothingThereIsATimeOut() {
    Cli.Result result =
        pipe(from.uri(), to.uri(), "--wait", "200ms").assertThatItEndsWith(ExitCode.TIMED_OUT);

    assertThat(result.err()).contains("no message on " + QUEUE + " within 200ms");
  }

  /** Each cut is in the middle of a frame; what was not acknowledged comes again. */
  @ParameterizedTest
  @ValueSource(strings = {"--window=20", "--tx=20"})
  void cutOnEitherSideLosesNothing(String how) throws Exception {
    int count = 300;
    fill(count);
    try (FaultProxy sourceProxy = FaultProxy.to("127.0.0.1", from.port());
        FaultProxy targetProxy = FaultProxy.to("127.0.0.1", to.port())) {
      sourceProxy.onConnection(1).down(Fault.reset(Place.within("MESSAGE", 60)));
      targetProxy.onConnection(1).up(Fault.reset(Place.within("SEND", 100)));
      targetProxy.onConnection(2).down(Fault.reset(Place.before("RECEIPT", 3)));

      Cli cli =
          new Cli()
              .start(args(sourceProxy.uri(), targetProxy.uri(), how))
              .awaitErr("source: connected again")
              .awaitErr("target: connected again");
      await()
          .atMost(PATIENCE)
          .until(() -> source.waiting(QUEUE) == 0 && source.unacknowledged() == 0);
      Cli.Result result = cli.interrupt().end().assertThatItEndsWith(ExitCode.INTERRUPTED);

      assertThat(result.err()).contains("received ", "acknowledged ");
    }
    assertThat(arrived().stream().distinct().sorted())
        .isEqualTo(numbers(count).stream().sorted().toList());
  }

  @Test
  void refusalOfTheTargetLeavesTheMessageAtTheSource() throws Exception {
    fill(1);
    try (ScriptedBroker refusing = ScriptedBroker.start()) {
      refusing.otherwise(
          peer -> {
            peer.handshake("1.2");
            String receipt = peer.expect("SEND").require("receipt");
            peer.send("ERROR\nmessage:no room\nreceipt-id:" + receipt + "\n\n^@");
            peer.close();
          });

      Cli.Result result =
          pipe(from.uri(), refusing.uri(), "-q").assertThatItEndsWith(ExitCode.BROKER_ERROR);

      assertThat(result.err()).contains("\"no room\"", "received 1", "confirmed 0");
    }
    await().atMost(PATIENCE).until(() -> source.waiting(QUEUE) == 1);
  }

  /** The second one has no id for ACK. */
  @ParameterizedTest
  @ValueSource(strings = {"--window=1", "--tx=1"})
  void messageThatCannotBeAcknowledgedWasSentOnAndComesAgain(String how) throws Exception {
    try (ScriptedBroker faulty = ScriptedBroker.start()) {
      faulty.onConnection(
          peer -> {
            Frame subscribe = peer.subscribed("1.2");
            peer.message(subscribe, "m-1", "1");
            peer.expect("ACK");
            peer.send(
                "MESSAGE\nmessage-id:m-2\ndestination:/queue/a\nsubscription:"
                    + subscribe.require("id")
                    + "\n\n2^@");
            peer.next();
          });

      Cli.Result result =
          pipe(faulty.uri(), to.uri(), how).assertThatItEndsWith(ExitCode.PARTLY_DONE);

      assertThat(result.err())
          .contains("confirmed 2, acknowledged 1; 1 came or come again")
          .contains("stompbox: the broker broke the protocol: the message has no header 'ack'")
          .endsWith("\n  it was sent on, and comes again from the source\n");
    }
    assertThat(arrived()).isEqualTo(numbers(2));
  }

  @Test
  void messageIsAcknowledgedOnlyAfterTheConfirmation() throws Exception {
    fill(1);
    CountDownLatch sent = new CountDownLatch(1);
    try (ScriptedBroker silent = ScriptedBroker.start()) {
      silent.onConnection(
          peer -> {
            peer.handshake("1.2");
            peer.expect("SEND");
            assertThat(source.unacknowledged()).isEqualTo(1);
            sent.countDown();
            peer.expectEnd();
          });

      Cli cli = new Cli().start(args(from.uri(), silent.uri(), "--quiet"));
      assertThat(sent.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      Cli.Result result = cli.interrupt().end().assertThatItEndsWith(ExitCode.INTERRUPTED);

      assertThat(result.err()).contains("acknowledged 0; 1 came or come again");
    }
    await().atMost(PATIENCE).until(() -> source.waiting(QUEUE) == 1);
  }

  @Test
  void standardStreamsAreEndsToo() {
    fill(3);

    String json =
        Cli.run("pipe", QUEUE, "-", "--from", from.uri(), "-c", "3")
            .assertThatItEndsWith(ExitCode.OK)
            .out();
    assertThat(json.lines()).hasSize(3);
    Cli.Result result =
        new Cli()
            .input(json)
            .call("pipe", "-", TARGET, "--to", to.uri())
            .assertThatItEndsWith(ExitCode.OK);

    assertThat(arrived()).isEqualTo(numbers(3));
    assertThat(result.err()).contains("sent 3 messages", "3 confirmed");
  }

  @ParameterizedTest
  @CsvSource({"--prefetch=1, 'received 1 message'", "-q, ''"})
  void numbersBesideStandardOutputAreForThoseThatAreNotQuiet(String option, String said) {
    fill(1);

    String err = Cli.run("pipe", QUEUE, "-", "--from", from.uri(), "-c", "1", option).err();

    assertThat(err).startsWith(said).hasLineCount(said.isEmpty() ? 0 : 1);
  }

  @Test
  void serverIsTheBrokerOfAnEndThatNamesNone() {
    fill(1);

    Cli.run("pipe", QUEUE, TARGET, "-s", from.uri(), "--to", to.uri(), "-c", "1")
        .assertThatItEndsWith(ExitCode.OK);

    assertThat(arrived()).isEqualTo(numbers(1));
  }

  @ParameterizedTest
  @CsvSource({
    "stomp://127.0.0.1:7001, stomp://127.0.0.1:7001",
    "stomp://127.0.0.1:7001, tcp://LOCALHOST:7001",
    "stomp://localhost, stomp://[::1]:61613",
    "stomp://a, 'failover:(stomp://b,stomp://A:61613)'"
  })
  void queueCannotBeMovedToItself(String source, String target) {
    Cli.Result result =
        Cli.run("pipe", QUEUE, QUEUE, "--from", source, "--to", target)
            .assertThatItEndsWith(ExitCode.USAGE);

    assertThat(result.err())
        .startsWith("stompbox: SOURCE and TARGET are both /queue/a at the same broker: it would");
  }

  @ParameterizedTest
  @CsvSource({
    "stomp://a, stomp://b, /queue/a",
    "stomp://a:1, stomp://a:2, /queue/a",
    "stomp://a/one, stomp://a/two, /queue/a",
    "stomp://a, stomp://a, /queue/b"
  })
  void anythingElseCan(String source, String target, String destination) {
    PipeCommand pipe =
        Cli.command(
            PipeCommand.class, "pipe", QUEUE, destination, "--from", source, "--to", target);

    assertThatCode(pipe::check).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--from stomp://a",
        "--selector a=1",
        "--durable x",
        "--prefetch 1",
        "-H a:b",
        "-c 1",
        "--wait 1s",
        "--for 1s",
        "--window 1"
      })
  void whatIsAskedOfASourceNeedsABroker(String option) {
    assertThat(refusal("pipe - /queue/a " + option)).contains("means nothing where SOURCE is -");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--to stomp://a", "--tx 1", "--window 1"})
  void whatIsAskedOfATargetNeedsABroker(String option) {
    assertThat(refusal("pipe /queue/a - " + option)).contains("means nothing where TARGET is -");
  }

  @Test
  void transactionHasNoWindow() {
    assertThat(refusal("pipe /queue/a /queue/b --tx 1 --window 1"))
        .startsWith("stompbox: --window means nothing where --tx sends one transaction at a time");
  }

  private static String refusal(String args) {
    return Cli.run(args.split(" ")).assertThatItEndsWith(ExitCode.USAGE).err();
  }

  private void fill(int count) {
    new Cli()
        .input(String.join("\n", numbers(count)))
        .call("send", "-s", from.uri(), QUEUE, "--lines", "--receipt")
        .assertThatItEndsWith(ExitCode.OK);
  }

  private static List<String> numbers(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList();
  }

  private static String[] args(String source, String target, String... more) {
    return Stream.concat(
            Stream.of("pipe", QUEUE, TARGET, "--from", source, "--to", target), Stream.of(more))
        .toArray(String[]::new);
  }

  private static Cli.Result pipe(String source, String target, String... more) {
    return Cli.run(args(source, target, more));
  }

  /** The bodies that the target holds. */
  private List<String> arrived() {
    int count = target.waiting(TARGET);
    return Cli.run("listen", "-s", to.uri(), TARGET, "-c", "" + count, "--wait", "20s")
        .assertThatItEndsWith(ExitCode.OK)
        .out()
        .lines()
        .toList();
  }
}
