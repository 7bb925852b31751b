package io.stompbox.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.Cli;
import io.stompbox.cli.bench.RunRecord.Totals;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Terminal;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.EmbeddedBroker;
import io.stompbox.testkit.Fault;
import io.stompbox.testkit.FaultProxy;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.Place;
import io.stompbox.testkit.ScriptedBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Benches of a real broker, with few messages. */
class BenchTest {
  private static EmbeddedBroker broker;

  /** One for each test. */
  private String queue = "";

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void nameQueue(TestInfo test) {
    queue = "/queue/" + test.getDisplayName().replaceAll("\\W", "-");
  }

  private Cli.Result bench(String line) {
    return Cli.run(arguments(broker.uri(), line));
  }

  private String[] arguments(String uri, String line) {
    String[] words = line.split(" ");
    return Stream.of(
            Stream.of("bench", words[0], queue, "-s", uri),
            Arrays.stream(words).skip(1),
            words[0].equals("send") ? Stream.<String>of() : Stream.of("--wait", "30s"))
        .flatMap(arguments -> arguments)
        .toArray(String[]::new);
  }

  private RunRecord run(String line) {
    return RunReader.read(bench(line + " -o json").assertThatItEndsWith(ExitCode.OK).out());
  }

  private static void assertCounts(Totals totals, long sent, long confirmed, long received) {
    assertThat(totals.counts().get(Count.SENT)).as("sent").isEqualTo(sent);
    assertThat(totals.counts().get(Count.CONFIRMED)).as("confirmed").isEqualTo(confirmed);
    assertThat(totals.counts().get(Count.RECEIVED)).as("received").isEqualTo(received);
    assertThat(totals.isWhole()).as("whole").isTrue();
  }

  /** A broker refuses the second connection with the same. */
  @Test
  void eachConnectionHasAClientIdOfItsOwn() {
    assertCounts(run("send -n 20 --producers 2 --client-id me").totals(), 20, 20, 0);
  }

  private static long latencies(RunRecord run) {
    Latency latency = run.latency();
    return latency == null ? 0 : latency.count();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "send -n 2000",
        "send -n 2000 --window 1 --producers 3 --persistent",
        "send -n 2000 --window 2000",
        "send -n 2000 --tx 300 --producers 2 --connections 1"
      })
  void everyConfirmedSendIsCountedAndTimed(String line) {
    RunRecord run = run(line);

    assertCounts(run.totals(), 2000, 2000, 0);
    assertThat(latencies(run)).isEqualTo(2000);
    assertThat(run.totals().rate()).isPositive();
  }

  @Test
  void sendsWithoutReceiptHaveNoLatency() {
    RunRecord run = run("send -n 2000 --window 0");

    assertCounts(run.totals(), 2000, 0, 0);
    assertThat(run.latency()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"individual", "client", "auto"})
  void messagesThatAreThereAreReceivedOnce(String mode) {
    run("send -n 300 --size 5");

    Totals received = run("listen -n 300 --ack " + mode).totals();
    assertCounts(received, 0, 0, 300);
    assertThat(received.octets()).isEqualTo(5);

    Cli.Result rest =
        Cli.run("bench", "listen", queue, "-s", broker.uri(), "--wait", "300ms")
            .assertThatItEndsWith(ExitCode.TIMED_OUT);
    assertThat(rest.err()).contains("no message on " + queue);
  }

  @Test
  void aBrokerIsCalledByItsAddressAndNothingReceivedIsSaid() {
    String out = Cli.run("bench", "listen", queue, "-s", broker.uri(), "--wait", "300ms").out();

    assertThat(out.lines().skip(1).findFirst().orElseThrow()).startsWith(broker.uri());
    assertThat(out).containsPattern("(?m)^received +0$");
  }

  @ParameterizedTest
  @CsvSource({"--wait=500ms, PARTLY_DONE", "--for=500ms, OK"})
  void fewerMessagesThanWantedAreToldUnlessTheTimeIsOver(String limit, ExitCode code) {
    run("send -n 10");

    Cli.Result result =
        Cli.run("bench", "listen", queue, "-s", broker.uri(), "-n", "11", limit)
            .assertThatItEndsWith(code);

    assertThat(result.err().contains("only 10 of 11 messages on " + queue))
        .isEqualTo(code == ExitCode.PARTLY_DONE);
  }

  @Test
  void everyRoundTripIsCountedAndTimed() {
    RunRecord run = run("rtt -n 100 --pairs 2");

    assertCounts(run.totals(), 100, 0, 100);
    assertThat(latencies(run)).isEqualTo(100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mixed -n 2000 --producers 2 --consumers 2",
        "mixed -n 2000 --window 0 --ack client",
        "mixed -n 2000 --tx 100 --connections 1",
        "mixed -n 2000 --rate 20000 --warmup 100ms --ack auto"
      })
  void whatProducersSendConsumersGet(String line) {
    RunRecord run = run(line);

    assertThat(run.totals().counts().get(Count.SENT)).isEqualTo(2000);
    assertThat(run.totals().counts().get(Count.RECEIVED)).isEqualTo(2000);
    assertThat(run.totals().isWhole()).isTrue();
    assertThat(latencies(run)).isEqualTo(2000);
    assertThat(run.totals().warmUp() > 0).isEqualTo(line.contains("--warmup"));
  }

  @Test
  void eachConsumerOfATopicGetsEachMessage() {
    queue = queue.replace("/queue/", "/topic/");

    assertCounts(run("mixed -n 200 --consumers 3").totals(), 200, 200, 600);
  }

  /** Somebody else takes messages away: here the connection to the consumer swallows one. */
  @Test
  void aMessageThatDoesNotComeIsLostAndNotHushedUp() {
    try (FaultProxy proxy = FaultProxy.to("127.0.0.1", broker.port())) {
      proxy.onEveryConnection().down(new Fault.Swallow("MESSAGE", 20));

      Cli.Result result =
          Cli.run(
                  "bench",
                  "mixed",
                  queue,
                  "-s",
                  proxy.uri(),
                  "-n",
                  "50",
                  "--wait",
                  "1s",
                  "--ack",
                  "auto")
              .assertThatItEndsWith(ExitCode.PARTLY_DONE);

      assertThat(result.err())
          .contains("not everything is accounted for: 50 sent, 50 confirmed, 49 received, 1 lost");
      assertThat(result.out()).containsPattern("lost +1\n");
    }
  }

  @Test
  void aLostConnectionIsMadeAgainAndCounted() {
    try (FaultProxy proxy = FaultProxy.to("127.0.0.1", broker.port())) {
      proxy.onConnection(1).up(new Fault.End(Fault.Ending.RESET, Place.before("SEND", 100)));

      Cli.Result result =
          Cli.run(arguments(proxy.uri(), "send -n 500 -o json")).assertThatItEndsWith(ExitCode.OK);

      Totals totals = RunReader.read(result.out()).totals();
      assertCounts(totals, 500, 500, 0);
      assertThat(totals.counts().get(Count.RECONNECTS)).isEqualTo(1);
    }
  }

  @Test
  void aMissedThresholdIsToldAndHasAnExitCodeOfItsOwn() {
    Cli.Result result =
        bench("send -n 100 --fail-if rate<1 --fail-if max>0us --fail-if errors>0")
            .assertThatItEndsWith(ExitCode.THRESHOLD_MISSED);

    assertThat(result.err().lines())
        .singleElement()
        .asString()
        .startsWith("stompbox: missed max>0us: it is ");
    assertThat(result.out()).contains("confirmed");
  }

  @Test
  void theFolderHasTheRunItsPercentilesAndAPage(@TempDir Path folder) throws Exception {
    queue = "/queue/<script>";
    Path out = folder.resolve("a/b");

    bench("send -n 200 --out " + out).assertThatItEndsWith(ExitCode.OK);

    RunRecord run = RunReader.read(Files.readString(out.resolve("run.json")));
    assertCounts(run.totals(), 200, 200, 0);
    assertThat(run.intervals()).isNotEmpty();
    assertThat(run.intervals().stream().mapToLong(part -> part.counts().get(Count.CONFIRMED)).sum())
        .isEqualTo(200);
    assertThat(run.surroundings().broker()).startsWith("ActiveMQ/");
    assertThat(Files.readString(out.resolve("latency.hgrm")))
        .contains("Percentile")
        .containsPattern("Total count += +200");
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("<h1>bench send /queue/&lt;script&gt;</h1>");
  }

  @Test
  void ctrlCEndsItWithWhatWasDoneByThen() throws Exception {
    Cli cli =
        new Cli()
            .terminal(Terminal.Stream.ERROR)
            .start(arguments(broker.uri(), "mixed --for 1h --interval 100ms"))
            .awaitErr("msg/s");

    Cli.Result result = cli.interrupt().end().assertThatItEndsWith(ExitCode.INTERRUPTED);

    assertThat(result.out()).contains("rate").containsPattern("received +\\d");
    assertThat(result.err()).contains("interrupted; the result is that of what was done by then");
  }

  @Test
  void whatIsOnItsWayWhenCtrlCComesIsNotLost() throws Exception {
    Cli cli =
        new Cli()
            .terminal(Terminal.Stream.ERROR)
            .start(arguments(broker.uri(), "send --for 1h --interval 100ms --window 100 -o json"))
            .awaitErr("msg/s");

    Cli.Result result = cli.interrupt().end().assertThatItEndsWith(ExitCode.INTERRUPTED);

    Totals totals = RunReader.read(result.out()).totals();
    assertThat(totals.lost()).isZero();
    assertThat(totals.counts().get(Count.SENT))
        .isEqualTo(totals.counts().get(Count.CONFIRMED) + totals.unknown());
  }

  @Test
  void whatABrokerThatStandsStillHasNotConfirmedAtCtrlCIsUnknown(@TempDir Path folder)
      throws Exception {
    try (ScriptedBroker frozen = ScriptedBroker.start()) {
      frozen.onConnection(
          peer -> {
            peer.handshake("1.2");
            peer.expectEnd();
          });
      Cli cli =
          new Cli()
              .terminal(Terminal.Stream.ERROR)
              .start(
                  arguments(
                      frozen.uri(), "send --for 1h --interval 100ms --window 5 --out " + folder))
              .awaitErr("msg/s");

      Cli.Result result = cli.interrupt().end().assertThatItEndsWith(ExitCode.INTERRUPTED);

      assertThat(result.err()).contains("what became of 5 messages is not known");
      Totals totals = RunReader.read(Files.readString(folder.resolve("run.json"))).totals();
      assertThat(totals.lost()).isZero();
      assertThat(totals.unknown()).isEqualTo(5);
    }
  }

  @Test
  void whatABrokerDoesNotAnswerInTimeIsUnknownAndNeitherLostNorAnError() throws Exception {
    try (ScriptedBroker frozen = ScriptedBroker.start()) {
      frozen.onConnection(
          peer -> {
            peer.handshake("1.2");
            peer.receiptFor(peer.expect("SEND"));
            peer.expect("SEND");
            peer.expect("SEND");
            peer.receiptFor(peer.expect("DISCONNECT"));
          });

      Cli.Result result =
          Cli.run(arguments(frozen.uri(), "send -n 3 --timeout 1s -o json --fail-if unknown>1"))
              .assertThatItEndsWith(ExitCode.PARTLY_DONE);

      RunRecord run = RunReader.read(result.out());
      assertThat(run.totals().unknown()).isEqualTo(2);
      assertThat(run.totals().lost()).isZero();
      assertThat(run.totals().counts().get(Count.ERRORS)).isZero();
      assertThat(run.totals().runSeconds()).isGreaterThan(1);
      assertThat(result.err())
          .contains("3 sent, 1 confirmed, 0 lost, 2 unknown, 0 errors")
          .contains("stompbox: no receipt came before the deadline")
          .contains("missed unknown>1: it is 2");
    }
  }

  @ParameterizedTest
  @CsvSource({"2, PARTLY_DONE", "1, CONNECTION_LOST"})
  void aBrokerThatWentAwayIsToldWithTheTimeAndTheReason(int confirmed, ExitCode code)
      throws Exception {
    try (ScriptedBroker going = ScriptedBroker.start()) {
      going.onConnection(
          peer -> {
            peer.handshake("1.2");
            for (int i = 1; i < confirmed; i++) {
              peer.receiptFor(peer.expect("SEND"));
            }
            peer.expect("SEND");
            peer.reset();
          });
      going.otherwise(Peer::reset);

      Cli.Result result =
          Cli.run(arguments(going.uri(), "send -n 2 --window 1 --timeout 1s"))
              .assertThatItEndsWith(code);

      assertThat(result.err())
          .containsPattern(
              "the connection to the broker has been down since \\d{4}-\\d\\d-\\d\\dT.*Z: \\w");
    }
  }

  /** The connection of the consumer breaks, and all is sent before there is another. */
  @ParameterizedTest
  @CsvSource({"true, OK, 'lost +0\n'", "false, PARTLY_DONE, 'lost +0\nunknown +3\n'"})
  void whatAConsumerWithoutAConnectionHasNotReceivedIsNotLost(
      boolean comesBack, ExitCode code, String counts) throws Exception {
    List<Frame> sent = new CopyOnWriteArrayList<>();
    CountDownLatch away = new CountDownLatch(1);
    CountDownLatch confirmed = new CountDownLatch(1);
    try (ScriptedBroker broken = ScriptedBroker.start()) {
      broken.onConnection(
          peer -> {
            peer.handshake("1.2");
            for (int i = 0; i < 3; i++) {
              sent.add(peer.expect("SEND"));
            }
            assertThat(away.await(20, TimeUnit.SECONDS)).isTrue();
            // As long as the consumer may wait for a message.
            peer.expectSilence(Duration.ofSeconds(1));
            sent.forEach(peer::receiptFor);
            confirmed.countDown();
            peer.receiptFor(peer.expect("DISCONNECT"));
          });
      broken.onConnection(
          peer -> {
            peer.subscribed("1.2");
            away.countDown();
            peer.reset();
          });
      broken.otherwise(
          peer -> {
            assertThat(confirmed.await(20, TimeUnit.SECONDS)).isTrue();
            if (comesBack) {
              giveOut(peer, sent);
            } else {
              peer.reset();
            }
          });

      Cli.Result result =
          Cli.run("bench", "mixed", queue, "-s", broken.uri(), "-n", "3", "--wait", "1s")
              .assertThatItEndsWith(code);

      assertThat(result.out()).containsPattern(counts);
      assertThat(result.err().contains("to the broker have been down since")).isEqualTo(!comesBack);
    }
  }

  /** A broker that has lost its connections and its messages was probably started anew. */
  @Test
  void whatIsConfirmedAndNotThereOnTheNextConnectionMayHaveNeededStoring() throws Exception {
    try (ScriptedBroker forgetful = ScriptedBroker.start()) {
      forgetful.onConnection(
          peer -> {
            peer.handshake("1.2");
            for (int i = 0; i < 3; i++) {
              peer.receiptFor(peer.expect("SEND"));
            }
            peer.receiptFor(peer.expect("DISCONNECT"));
          });
      forgetful.onConnection(
          peer -> {
            peer.subscribed("1.2");
            peer.reset();
          });
      forgetful.onConnection(
          peer -> {
            peer.handshake("1.2");
            peer.expect("SUBSCRIBE");
            peer.receiptFor(peer.expect("DISCONNECT"));
          });

      Cli.Result result =
          Cli.run("bench", "mixed", queue, "-s", forgetful.uri(), "-n", "3", "--wait", "1s")
              .assertThatItEndsWith(ExitCode.PARTLY_DONE);

      assertThat(result.err())
          .contains("3 sent, 3 confirmed, 0 received, 3 lost, 0 unknown, 0 errors")
          .contains("has forgotten what it had not stored, see --persistent\n");
      forgetful.assertScriptsDone();
    }
  }

  private static void giveOut(Peer peer, List<Frame> sent) {
    peer.expect("CONNECT");
    // Longer than a consumer that has given up needs to end.
    peer.expectSilence(Duration.ofMillis(150));
    peer.send("CONNECTED\nversion:1.2\n\n^@");
    Frame subscribe = peer.expect("SUBSCRIBE");
    String id = subscribe.require("id");
    if (subscribe.header("receipt") != null) {
      peer.receiptFor(subscribe);
    }
    for (Frame frame : sent) {
      String stamp = frame.require(Stamp.HEADER);
      peer.send(
          "MESSAGE\ndestination:/queue/a\nmessage-id:%1$s\nack:%1$s\nsubscription:%2$s\n%3$s:%4$s\n\n^@"
              .formatted(frame.require("receipt"), id, Stamp.HEADER, stamp));
    }
    peer.expect("ACK");
    peer.expect("ACK");
    peer.expect("ACK");
    peer.receiptFor(peer.expect("DISCONNECT"));
  }

  @Test
  void nothingButTheResultIsToldWhereNobodyLooksOn() {
    assertThat(bench("send -n 100 --interval 1ms").assertThatItEndsWith(ExitCode.OK).err())
        .isEmpty();
  }

  @Test
  void aBrokerThatIsNotThereIsTold() {
    Cli.Result result =
        Cli.run("bench", "send", "-s", "stomp://127.0.0.1:1", "--retry", "never")
            .assertThatItEndsWith(ExitCode.CANNOT_CONNECT);

    assertThat(result.out()).isEmpty();
  }
}
