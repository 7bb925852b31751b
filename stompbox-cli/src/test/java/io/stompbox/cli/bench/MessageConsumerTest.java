package io.stompbox.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.bench.BenchPlan.Consuming;
import io.stompbox.cli.bench.BenchPlan.Extent;
import io.stompbox.cli.bench.BenchPlan.Producing;
import io.stompbox.client.Acknowledgement;
import io.stompbox.client.StompClient;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When a consumer gives up waiting for messages. */
@Timeout(60)
class MessageConsumerTest {
  /** Over whenever it is looked at, but perhaps for the first time. */
  private static final Duration PATIENCE = Duration.ofMillis(1);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  @ParameterizedTest
  @EnumSource(
      value = BenchKind.class,
      names = {"LISTEN", "MIXED"})
  void aConnectionThatWasJustMadeOrLostIsGivenTime(BenchKind kind) throws Exception {
    int looks = 5;
    AtomicInteger asked = new AtomicInteger();

    consume(
        kind,
        () -> {
          long now = System.nanoTime();
          return asked.incrementAndGet() < looks ? now : now - TimeUnit.HOURS.toNanos(1);
        });

    assertThat(asked).hasValue(looks);
  }

  @Test
  void aConnectionThatHasLongBeenThereIsWaitedForOnce() throws Exception {
    AtomicInteger asked = new AtomicInteger();

    consume(
        BenchKind.LISTEN,
        () -> {
          asked.incrementAndGet();
          return System.nanoTime() - TimeUnit.HOURS.toNanos(1);
        });

    assertThat(asked).hasValue(1);
  }

  /** Runs a consumer to its end; no message comes, though one was sent. */
  private void consume(BenchKind kind, LongSupplier connectionChanged) throws Exception {
    broker.onConnection(
        peer -> {
          peer.subscribed("1.2");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    BenchPlan plan =
        new BenchPlan(
            kind,
            "/queue/a",
            1,
            new Extent(1L, null, Duration.ZERO),
            new Producing(1, 0, 100, 0, 100, false),
            new Consuming(1, Acknowledgement.BROKER, 0, PATIENCE));
    Timeline timeline = new Timeline(System.nanoTime(), Duration.ZERO, null);
    BenchState state =
        new BenchState(plan, "run", new Meter(System::nanoTime, timeline, new Tally()));
    state.arrivals().sent();
    state.arrivals().complete();
    try (StompClient client = StompClient.connect(broker.uri())) {
      new MessageConsumer(state, client.subscribe("/queue/a"), 0, connectionChanged).run();
      assertThat(state.isHalted()).isFalse();
    }
  }
}
