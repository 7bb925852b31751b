package io.stompbox.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.testkit.EmbeddedBroker;
import io.stompbox.testkit.ScriptedBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code ping}: whether and how fast a broker answers. */
class PingTest {
  private static EmbeddedBroker broker;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void tellsWhatWasAgreedAndHowLongReceiptsTake() {
    Cli.Result result =
        Cli.run("ping", "-s", broker.uri(), "-c", "2", "--interval", "1ms")
            .assertThatItEndsWith(ExitCode.OK);

    assertThat(result.out().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .matches(
                        "connected to "
                            + broker.uri()
                            + " in [\\d.]+ ms: STOMP 1.2, server ActiveMQ/\\S+, session \\S+,"
                            + " heart-beats 10000,10000 ms"),
            line -> assertThat(line).matches("receipt 1 in [\\d.]+ ms"),
            line -> assertThat(line).matches("receipt 2 in [\\d.]+ ms"),
            line ->
                assertThat(line)
                    .matches("2 receipts, min/median/mean/max [\\d.]+(/[\\d.]+){3} ms"));
    assertThat(result.err()).isEmpty();
  }

  @Test
  void jsonHasAnObjectForEachLine() {
    Cli.Result result =
        Cli.run("ping", "-s", broker.uri(), "-c", "1", "-o", "json", "--protocol", "1.1")
            .assertThatItEndsWith(ExitCode.OK);

    assertThat(result.out().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith("{\"broker\":\"" + broker.uri() + "\",\"connectMillis\":")
                    .contains("\"version\":\"1.1\"", "\"heartBeat\":\"10000,10000\""),
            line -> assertThat(line).matches("\\{\"receipt\":1,\"millis\":[\\d.]+}"),
            line ->
                assertThat(line)
                    .matches(
                        "\\{\"receipts\":1,\"minMillis\":([\\d.]+),\"medianMillis\":\\1,"
                            + "\"meanMillis\":\\1,\"maxMillis\":\\1}"));
  }

  @Test
  void quietSaysNothing() {
    Cli.Result result =
        Cli.run("ping", "-q", "-s", broker.uri(), "-c", "1").assertThatItEndsWith(ExitCode.OK);

    assertThat(result.out()).isEmpty();
    assertThat(result.err()).isEmpty();
  }

  @Test
  void ctrlCEndsItWithWhatWasMeasured() throws Exception {
    Cli cli =
        new Cli()
            .start("ping", "-s", broker.uri(), "-c", "0", "--interval", "1h")
            .awaitOut("receipt 1 in ");

    Cli.Result result = cli.interrupt().end().assertThatItEndsWith(ExitCode.INTERRUPTED);

    assertThat(result.out()).contains("1 receipt, min/median/mean/max ");
  }

  @Test
  void brokerThatGivesNoReceiptIsATimeOut() throws Exception {
    try (ScriptedBroker scripted = ScriptedBroker.start()) {
      scripted.onConnection(
          peer -> {
            peer.handshake("1.2");
            peer.expect("BEGIN");
            peer.expectEnd();
          });

      Cli.Result result =
          Cli.run("ping", "-s", scripted.uri(), "--timeout", "3s")
              .assertThatItEndsWith(ExitCode.TIMED_OUT);

      assertThat(result.err()).contains("no receipt", "--timeout sets how long to wait");
      assertThat(result.out().lines()).hasSize(1);
    }
  }

  @Test
  void brokerThatRefusesABeginIsTold() throws Exception {
    try (ScriptedBroker scripted = ScriptedBroker.start()) {
      scripted.onConnection(
          peer -> {
            peer.handshake("1.2");
            peer.expect("BEGIN");
            peer.send("ERROR\nmessage:no transactions here\n\n^@");
            peer.expectEnd();
          });

      assertThat(
              Cli.run("ping", "-s", scripted.uri())
                  .assertThatItEndsWith(ExitCode.BROKER_ERROR)
                  .err())
          .contains("broker refused BEGIN: \"no transactions here\"");
    }
  }

  @Test
  void secondBrokerOfAListIsReachedWhereTheFirstIsNot() {
    Cli.Result result =
        Cli.run(
                "ping",
                "-c",
                "1",
                "-s",
                "failover:(stomp://127.0.0.1:1," + broker.uri() + ")?randomize=false")
            .assertThatItEndsWith(ExitCode.OK);

    assertThat(result.out()).startsWith("connected to " + broker.uri());
  }

  @Test
  void noBrokerIsNoConnection() {
    Cli.run("ping", "-s", "stomp://127.0.0.1:1").assertThatItEndsWith(ExitCode.CANNOT_CONNECT);
  }

  @Test
  void whatABrokerCallsItselfIsNoCommandForATerminal() throws Exception {
    try (ScriptedBroker scripted = ScriptedBroker.start()) {
      scripted.onConnection(
          peer -> {
            peer.expect("CONNECT");
            peer.send("CONNECTED\nversion:1.2\nserver:a\u001b[2J\nsession:b\u202e\n\n^@");
            peer.receiptFor(peer.expect("BEGIN"));
          });

      assertThat(Cli.run("ping", "-c", "1", "-s", scripted.uri()).out().lines().findFirst())
          .hasValueSatisfying(line -> assertThat(line).contains("server a?[2J, session b?, "));
    }
  }

  @Test
  void negativeCountIsRefused() {
    assertThat(Cli.run("ping", "-c", "-1").assertThatItEndsWith(ExitCode.USAGE).err())
        .contains("--count: '-1' must be a whole number from 0 to");
  }
}
