package io.stompbox.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.Cli;
import io.stompbox.cli.bench.BenchPlan.Consuming;
import io.stompbox.cli.bench.BenchPlan.Extent;
import io.stompbox.cli.bench.BenchPlan.Producing;
import io.stompbox.cli.process.ExitCode;
import io.stompbox.client.Acknowledgement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What arguments of benches mean, without a network. */
class BenchArgumentsTest {
  private static final Consuming NOTHING_RECEIVED =
      new Consuming(0, Acknowledgement.AFTER_PROCESSING, 100, Duration.ofSeconds(10));

  private static <T> T command(Class<T> type, String line) {
    return Cli.command(type, ("bench " + line).split(" "));
  }

  @Test
  void sendIsConfirmedAndRunsForTenSecondsUnlessItIsToldOtherwise() {
    assertThat(command(BenchSendCommand.class, "send").plan())
        .isEqualTo(
            new BenchPlan(
                BenchKind.SEND,
                "/queue/stompbox.bench",
                1,
                new Extent(null, Duration.ofSeconds(10), Duration.ZERO),
                new Producing(1, 0, 100, 0, 100, false),
                NOTHING_RECEIVED));
  }

  @Test
  void everyOptionOfSendIsInThePlan() {
    String line =
        "send /queue/a -n 5000 --for 3s --warmup 500ms --producers 4 --connections 2 --window 7"
            + " --size 1KiB --rate 250.5/s --persistent";

    assertThat(command(BenchSendCommand.class, line).plan())
        .isEqualTo(
            new BenchPlan(
                BenchKind.SEND,
                "/queue/a",
                2,
                new Extent(5000L, Duration.ofSeconds(3), Duration.ofMillis(500)),
                new Producing(4, 250.5, 7, 0, 1024, true),
                NOTHING_RECEIVED));
  }

  @Test
  void aCountAloneHasNoTimeLimit() {
    assertThat(command(BenchSendCommand.class, "send -c 7").plan().extent())
        .isEqualTo(new Extent(7L, null, Duration.ZERO));
  }

  @Test
  void transactionsTakeThePlaceOfAWindow() {
    assertThat(command(BenchSendCommand.class, "send --tx 50").plan().producing())
        .isEqualTo(new Producing(1, 0, 0, 50, 100, false));
  }

  @Test
  void everyOptionOfListenIsInThePlan() {
    String line = "listen /queue/a --consumers 3 --ack client --prefetch 0 --wait 2s --for 4s";

    assertThat(command(BenchListenCommand.class, line).plan())
        .isEqualTo(
            new BenchPlan(
                BenchKind.LISTEN,
                "/queue/a",
                3,
                new Extent(null, Duration.ofSeconds(4), Duration.ZERO),
                Producing.nothing(),
                new Consuming(3, Acknowledgement.BATCHED, 0, Duration.ofSeconds(2))));
  }

  @Test
  void roundTripsHaveAConnectionForEachPair() {
    BenchPlan plan = command(BenchRttCommand.class, "rtt --pairs 3 --ack auto -n 9").plan();

    assertThat(plan.connections()).isEqualTo(3);
    assertThat(plan.producing()).isEqualTo(new Producing(3, 0, 0, 0, 100, false));
    assertThat(plan.consuming().acknowledgement()).isEqualTo(Acknowledgement.BROKER);
  }

  @Test
  void producersAndConsumersHaveConnectionsOfTheirOwn() {
    BenchPlan plan =
        command(BenchMixedCommand.class, "mixed --producers 2 --consumers 3 --rate 10").plan();

    assertThat(plan.connections()).isEqualTo(5);
    assertThat(plan.consuming().consumers()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"mixed /topic/a --consumers 2, true", "mixed /queue/a --consumers 2, false"})
  void eachConsumerOfATopicGetsEachMessage(String line, boolean isBroadcast) {
    assertThat(command(BenchMixedCommand.class, line).plan().isBroadcast()).isEqualTo(isBroadcast);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "send -n 0|--count: '0' must be a whole number from 1 to",
        "send --size 65MiB|--size must be at most 64MiB: 65MiB",
        "send --rate 0|'0' is not a rate",
        "send --rate fast|'fast' is not a rate",
        "send --producers 0|--producers: '0' must be a whole number from 1 to 1000",
        "send --window -1|--window: '-1' must be a whole number from 0 to 1000000",
        "send --window 9 --tx 9|--window and --tx exclude each other",
        "send --producers 1000 --window 10000|can't be unconfirmed at a time",
        "send --connections 0|--connections: '0' must be a whole number from 1 to 10000",
        "send -o xml|'xml' must be text or json",
        "send --fail-if p99|'p99' is no threshold",
        "send --fail-if p42>5ms|'p42' is nothing to compare",
        "send --fail-if p99>5|its unit must be us, ms or s",
        "send --fail-if rate<5ms|which has no unit",
        "send --window 0 --fail-if p99>5ms|needs a latency",
        "listen --fail-if max>5ms|needs a latency",
        "listen --consumers 0|--consumers: '0' must be a whole number from 1 to 10000",
        "listen --ack none|'none' must be auto, client or individual",
        "rtt --pairs 0|--pairs: '0' must be a whole number from 1 to 10000",
        "mixed --prefetch -1|--prefetch: '-1' must be a whole number from 0 to 1000000",
        "send --out /dev/null/x|cannot make the folder /dev/null/x: ",
        "send --embedded -s stomp://a|--embedded and --server exclude each other"
      })
  void mistakeIsFoundBeforeAnythingIsSent(String line, String sentence) {
    Cli.Result result = Cli.run(("bench " + line).split(" ")).assertThatItEndsWith(ExitCode.USAGE);

    assertThat(result.err()).startsWith("stompbox: ").contains(sentence);
    assertThat(result.err().lines()).hasSizeLessThanOrEqualTo(4);
    assertThat(result.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "send --for 10s, 500ms",
    "send --for 60s, 1s",
    "send --for 1s, 100ms",
    "send -n 5, 250ms",
    "send --for 60s --interval 2s, 2s"
  })
  void intervalsAreShortEnoughForAChart(String line, String expected) {
    assertThat(command(BenchSendCommand.class, line).run().interval())
        .isEqualTo(io.stompbox.cli.connection.DurationConverter.parse(expected));
  }
}
