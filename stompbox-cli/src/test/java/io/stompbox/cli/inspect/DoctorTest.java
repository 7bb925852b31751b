package io.stompbox.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.protocol.codec.DecoderLimits;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.EmbeddedBroker;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.QueueBroker;
import io.stompbox.testkit.QueueBrokerOptions;
import io.stompbox.testkit.ScriptedBroker;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code doctor}: what brokers of known habits are found to do. */
class DoctorTest {
  /** Of ActiveMQ Classic, whose answers docs/brokers.md knows. */
  private static List<String> lines;

  /** What is left in the broker behind it. */
  private static String left;

  @BeforeAll
  static void examineClassic() {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      lines =
          Cli.run("doctor", "-s", broker.uri(), "-c", "3", "--largest", "100KiB")
              .assertThatItEndsWith(ExitCode.OK)
              .out()
              .lines()
              .toList();
      left = Cli.run("peek", "-s", broker.uri(), "/queue/ActiveMQ.DLQ").out();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ok    versions      1.0, 1.1, 1.2",
        "ok    server        ActiveMQ/[.\\d]+, taken for ActiveMQ Classic",
        "skip  tls           not used",
        ".{4}  heart-beats   asked for 500,500 ms, agreed on 500,500 ms, longest silence .*",
        "ok    virtual-host  ignored: .* takes any name",
        "ok    queue         what was sent before somebody subscribes is kept",
        "ok    escaping      headers arrive as they were sent: unicode, .*, return",
        "ok    nul           a body of any octets arrives as it was sent",
        "ok    largest       a body of 100KiB is taken; --largest looks further",
        "ok    receipts      of 3 each: persistent median [.\\d]+ ms, max .* ms, else median .* ms",
        "ok    ack           what is not acknowledged comes again, marked redelivered:true",
        "ok    nack          a persistent message that is refused is moved to .*ActiveMQ.DLQ",
        "ok    selector      honoured: only what meets it comes",
        "ok    transactions  what was committed comes, what was aborted does not",
        "ok    browse        a queue can be looked at: stompbox peek"
      })
  void classicIsFoundAsItIsKnown(String line) {
    assertThat(lines).anyMatch(found -> found.matches(line));
  }

  @Test
  void letterThatDiedForTheCheckIsTakenAway() {
    assertThat(left).isEmpty();
  }

  @Test
  void limitOfABodyIsNarrowedDown() throws Exception {
    QueueBroker queues =
        new QueueBroker(
            QueueBrokerOptions.defaults().with(DecoderLimits.defaults().withBody(100_000)));

    Cli.Result result = doctor(queues::serve, "--only", "largest", "-o", "json");

    result.assertThatItEndsWith(ExitCode.OK);
    assertThat(result.out())
        .startsWith("{\"check\":\"largest\",\"result\":\"note\",\"value\":\"9")
        .contains("KiB is taken, 9", "KiB is refused: ", "\"advice\":\"");
  }

  @Test
  void brokerThatNobodyKnowsIsSaidToBeSo() throws Exception {
    Cli.Result result = doctor(new QueueBroker()::serve, "--only", "server,ack,transactions,nul");

    result.assertThatItEndsWith(ExitCode.OK);
    assertThat(result.out())
        .contains("which is none that is known", "--set profile=activemq")
        .contains("ok    ack ", "ok    transactions ", "ok    nul ");
  }

  @Test
  void whatABrokerSaysIsNoCommandForATerminal() throws Exception {
    Cli.Result result =
        doctor(
            peer -> {
              peer.expect("CONNECT");
              peer.send("CONNECTED\nversion:1.2\nserver:a\u001b[2J\n\n^@");
              peer.next().ifPresent(peer::receiptFor);
            },
            "--only",
            "server");

    assertThat(result.out()).startsWith("note  server        a?[2J, which is none");
  }

  @Test
  void versionsThatAreRefusedAreTold() throws Exception {
    Cli.Result result =
        doctor(
            peer -> {
              String versions = peer.expect("CONNECT").headers().value("accept-version").orElse("");
              peer.send(
                  versions.endsWith("1.2")
                      ? "CONNECTED\nversion:1.2\n\n^@"
                      : "ERROR\nmessage:only 1.2 here\n\n^@");
              peer.next().ifPresent(peer::receiptFor);
            },
            "--only",
            "versions");

    result.assertThatItEndsWith(ExitCode.OK);
    assertThat(result.out())
        .startsWith(
            "note  versions      1.2; refused: 1.0 (\"only 1.2 here\"), 1.1 (\"only 1.2 here\")");
  }

  @Test
  void queueThatKeepsNothingIsAFailure() throws Exception {
    Cli.Result result = doctor(DoctorTest::confirmEverything, "--only", "queue,nul");

    result.assertThatItEndsWith(ExitCode.PARTLY_DONE);
    assertThat(result.out()).contains("fail  queue ", "anycastPrefix=/queue/", "fail  nul ");
    assertThat(result.err()).isEqualTo("stompbox: 2 checks failed\n");
  }

  private static void confirmEverything(Peer peer) {
    peer.handshake("1.2");
    var frame = peer.next();
    while (frame.isPresent()) {
      if (frame.get().headers().has("receipt")) {
        peer.receiptFor(frame.get());
      }
      frame = peer.next();
    }
  }

  private static void confirmNothing(Peer peer) {
    peer.handshake("1.2");
    while (peer.next().isPresent()) {
      // It says nothing to anything.
    }
  }

  @Test
  void brokerThatGivesNoReceiptsFailsTheChecksThatNeedThem() throws Exception {
    Cli.Result result = doctorOfTheSilent("--only", "receipts", "--set", "timeout.connect=30s");

    result.assertThatItEndsWith(ExitCode.PARTLY_DONE);
    assertThat(result.out()).startsWith("fail  receipts      ");
  }

  /** Or each of them would wait for as long. */
  @ParameterizedTest
  @CsvSource({
    "'server,queue,ack,nack,transactions,browse,receipts', queue, 5",
    "'server,selector,transactions,browse', selector, 2"
  })
  void checksThatNeedReceiptsAreLeftOutOnceNoneHasCome(String checks, String first, int others)
      throws Exception {
    Cli.Result result = doctorOfTheSilent("--only", checks, "--set", "timeout.connect=30s");

    result.assertThatItEndsWith(ExitCode.PARTLY_DONE);
    assertThat(result.out())
        .contains("note  server ")
        .containsPattern("fail  " + first + " +no receipt within 500ms\n")
        .satisfies(
            text ->
                assertThat(text.lines().filter(line -> line.startsWith("skip")))
                    .hasSize(others)
                    .allMatch(line -> line.contains("no receipt came to an earlier check")));
  }

  @Test
  void brokerThatFallsSilentIsNotSaidToTakeNothing() throws Exception {
    Cli.Result result = doctorOfTheSilent("--only", "largest", "--set", "timeout.connect=30s");

    result.assertThatItEndsWith(ExitCode.PARTLY_DONE);
    assertThat(result.out())
        .startsWith("fail  largest       a body of 64KiB gets no answer within 500ms\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"versions", "virtual-host", "queue", "largest", "receipts", "selector", "browse"})
  void brokerThatIsGoneIsNoFindingOfTheCheck(String check) throws Exception {
    try (ScriptedBroker scripted = ScriptedBroker.start()) {
      scripted.onConnection(peer -> peer.receiptFor(afterHandshake(peer)));
      scripted.otherwise(Peer::close);

      Cli.Result result =
          Cli.run("doctor", "-s", scripted.uri(), "--only", check)
              .assertThatItEndsWith(ExitCode.CONNECTION_LOST);

      assertThat(result.out()).isEmpty();
      assertThat(result.err()).startsWith("stompbox: lost the broker during the check " + check);
      assertThat(result.err().lines()).hasSize(2);
    }
  }

  @Test
  void findingsBeforeTheBrokerWasLostStayAndNoCheckFollows() throws Exception {
    try (ScriptedBroker scripted = ScriptedBroker.start()) {
      scripted.onConnection(peer -> peer.receiptFor(afterHandshake(peer)));
      scripted.onConnection(DoctorTest::confirmEverything);
      scripted.onConnection(
          peer -> {
            Frame unused = afterHandshake(peer);
            peer.reset();
          });
      scripted.otherwise(Peer::close);

      Cli.Result result =
          Cli.run("doctor", "-s", scripted.uri(), "--only", "receipts,ack,transactions", "-c", "1")
              .assertThatItEndsWith(ExitCode.CONNECTION_LOST);

      assertThat(result.out()).startsWith("ok    receipts").hasLineCount(1);
      assertThat(result.err()).contains("during the check ack").doesNotContain("transactions");
    }
  }

  private static Frame afterHandshake(Peer peer) {
    peer.handshake("1.2");
    return peer.next().orElseThrow();
  }

  @Test
  void checkThatIsInterruptedFindsNothingAndIsTheLast() throws Exception {
    CountDownLatch isChecking = new CountDownLatch(1);
    CountDownLatch isInterrupted = new CountDownLatch(1);
    try (ScriptedBroker scripted = ScriptedBroker.start()) {
      scripted.onConnection(DoctorTest::confirmEverything);
      scripted.otherwise(
          peer -> {
            peer.expect("CONNECT");
            isChecking.countDown();
            isInterrupted.await();
            peer.close();
          });
      Cli cli = new Cli().start("doctor", "-s", scripted.uri(), "--only", "versions,server");
      assertThat(isChecking.await(30, TimeUnit.SECONDS)).isTrue();

      cli.interrupt();
      isInterrupted.countDown();

      Cli.Result result = cli.end().assertThatItEndsWith(ExitCode.INTERRUPTED);

      assertThat(result.out()).isEmpty();
      assertThat(result.err()).isEmpty();
    }
  }

  @Test
  void unknownCheckIsRefusedWithThoseThatThereAre() {
    assertThat(Cli.run("doctor", "--only", "nack,x").assertThatItEndsWith(ExitCode.USAGE).err())
        .contains("there is no check named 'x'", "there are versions, server, tls, heart-beats");
  }

  @Test
  void noBrokerIsNoConnection() {
    Cli.run("doctor", "-s", "stomp://127.0.0.1:1").assertThatItEndsWith(ExitCode.CANNOT_CONNECT);
  }

  private static Cli.Result doctor(ScriptedBroker.Script script, String... more) throws Exception {
    return doctor(script, "3s", more);
  }

  /** Whatever is waited for does not come. */
  private static Cli.Result doctorOfTheSilent(String... more) throws Exception {
    return doctor(DoctorTest::confirmNothing, "500ms", more);
  }

  private static Cli.Result doctor(ScriptedBroker.Script script, String limit, String[] more)
      throws Exception {
    try (ScriptedBroker scripted = ScriptedBroker.start()) {
      scripted.otherwise(script);
      String[] args = new String[more.length + 5];
      System.arraycopy(more, 0, args, 5, more.length);
      List<String> first = List.of("doctor", "-s", scripted.uri(), "--timeout", limit);
      for (int i = 0; i < first.size(); i++) {
        args[i] = first.get(i);
      }
      return Cli.run(args);
    }
  }
}
