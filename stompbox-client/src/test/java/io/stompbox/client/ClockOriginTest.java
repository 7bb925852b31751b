package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompbox.protocol.session.HeartBeat;
import io.stompbox.testkit.ManualClock;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deadlines are differences of a monotonic clock: where it begins, or wraps around, is nothing. */
@Timeout(60)
class ClockOriginTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final long SECOND = 1_000_000_000;
  private static final long MINUTE = 60 * SECOND;

  private final ManualClock clock = new ManualClock();

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        -MINUTE,
        Long.MAX_VALUE,
        Long.MAX_VALUE - MINUTE,
        Long.MAX_VALUE - MINUTE - 40 * SECOND,
        Long.MAX_VALUE - 2 * MINUTE,
        Long.MIN_VALUE
      })
  void deadlinesAndSilenceAreTheSameWhereverTheClockBegins(long origin) throws Exception {
    try (ScriptedBroker broker = ScriptedBroker.start()) {
      broker.onConnection(
          peer -> {
            peer.handshake("1.2", "60000,60000");
            peer.expectEnd();
          });
      broker.onConnection(peer -> peer.handshake("1.2"));
      try (StompClient client = client(broker.uri(), origin).connect()) {
        Confirmation first = client.sendConfirmed(Outgoing.to("/queue/a").text("x"));
        client.flush(LIMIT);
        clock.advance(Duration.ofSeconds(20));
        Confirmation second = client.sendConfirmed(Outgoing.to("/queue/a").text("y"));
        client.flush(LIMIT);
        clock.advance(Duration.ofSeconds(70).minusNanos(1));
        assertThat(first.isDone()).isFalse();

        clock.advance(Duration.ofNanos(1));
        assertThat(first.outcome()).get().isInstanceOf(Outcome.Unknown.class);
        assertThat(second.isDone()).isFalse();

        clock.advance(Duration.ofSeconds(20));
        assertThat(second.outcome()).get().isInstanceOf(Outcome.Unknown.class);
        assertThat(client.state()).isEqualTo(ClientState.CONNECTED);

        // Silence for two periods and a second of grace.
        clock.advance(Duration.ofSeconds(20));
        await()
            .atMost(LIMIT)
            .until(
                () -> {
                  clock.advance(Duration.ofMillis(10));
                  return client.epoch() == 2;
                });
      }
    }
  }

  private StompClientBuilder client(String uri, long origin) {
    Timeouts timeouts =
        Timeouts.defaults()
            .withConnect(Duration.ofDays(1))
            .withDelivery(Duration.ofSeconds(90))
            .withClose(Duration.ofMillis(300));
    return Clients.fast(uri)
        .connect(
            ConnectOptions.defaults()
                .with(TimeSource.of(() -> origin + clock.nanoTime(), clock.timer()))
                .with(timeouts))
        .offer(Offer.standard().with(new HeartBeat(60_000, 60_000)));
  }
}
