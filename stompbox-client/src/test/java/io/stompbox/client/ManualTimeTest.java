package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompbox.protocol.failover.BackOff;
import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.protocol.session.HeartBeat;
import io.stompbox.testkit.ManualClock;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client does when a test moves its time. */
class ManualTimeTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();
  private final ManualClock clock = new ManualClock();

  private final AtomicInteger beats = new AtomicInteger();

  private final ClientObserver counting =
      new ClientObserver() {
        @Override
        public void onHeartBeatSent(int epoch) {
          beats.incrementAndGet();
        }
      };

  @Test
  void theDelayBeforeItReconnectsIsThatOfTheTimeSource() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.reset();
        });
    broker.onConnection(
        peer -> {
          peer.expect("CONNECT");
          peer.close();
        });
    broker.onConnection(peer -> peer.handshake("1.2"));
    BackOff hour =
        new BackOff(Duration.ofHours(1), Duration.ofHours(1), 1, new BackOff.Jitter.None());
    try (StompClient client = client().reconnect(ReconnectPolicy.standard().with(hour)).connect()) {
      // Before the loss is noticed there are other tasks that are due in an hour.
      await().atMost(LIMIT).until(() -> client.state() == ClientState.RECOVERING);
      clock.awaitTask(Duration.ofHours(1), LIMIT);
      clock.advance(Duration.ofMinutes(59));
      assertThat(client.state()).isEqualTo(ClientState.RECOVERING);

      moveUntil(() -> client.epoch() == 2, MINUTE);

      broker.assertScriptsDone();
    }
  }

  @Test
  void heartBeatsAreSentWhenTheTimeSourceSaysSo() throws Exception {
    CountDownLatch beaten = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          peer.handshake("1.2", "0,60000");
          peer.expectHeartBeat();
          beaten.countDown();
        });
    try (StompClient client =
        client().offer(Offer.standard().with(new HeartBeat(60_000, 0))).connect()) {
      moveUntil(() -> beaten.getCount() == 0, MINUTE.dividedBy(10));

      assertThat(client.state()).isEqualTo(ClientState.CONNECTED);
    }
  }

  @ParameterizedTest
  @CsvSource({"1.0, ", "1.1, '0,0'", "1.2, "})
  void aBrokerThatSaysNothingOfHeartBeatsMayBeSilentAndHearsNone(
      String version, @Nullable String answer) throws Exception {
    broker.onConnection(
        peer -> {
          peer.expect("CONNECT");
          String header = answer == null ? "" : "\nheart-beat:" + answer;
          peer.send("CONNECTED\nversion:" + version + header + "\n\n^@");
          peer.receiptFor(peer.expect("SEND"));
        });
    try (StompClient client = client().observer(counting).connect()) {
      clock.advance(Duration.ofDays(1));
      client.sendConfirmed(Outgoing.to("/queue/a")).await(LIMIT);

      assertThat(client.epoch()).isEqualTo(1);
      assertThat(beats).hasValue(0);
    }
    broker.assertScriptsDone();
  }

  @Test
  void whoSendsFramesAllTheTimeOwesNoHeartBeats() throws Exception {
    int frames = 20;
    broker.onConnection(
        peer -> {
          peer.handshake("1.2", "0,60000");
          for (int i = 0; i < frames; i++) {
            peer.receiptFor(peer.expect("SEND"));
          }
        });
    try (StompClient client =
        client()
            .observer(counting)
            .offer(Offer.standard().with(new HeartBeat(60_000, 0)))
            .connect()) {
      for (int i = 0; i < frames; i++) {
        // Less than half of the period, after which a silent client sends one.
        clock.advance(Duration.ofSeconds(25));
        client.sendConfirmed(Outgoing.to("/queue/a")).await(LIMIT);
        // The receipt may be here before the writer has looked at the clock.
        await().atMost(LIMIT).until(() -> client.traffic().sinceSent().isZero());
      }
      assertThat(beats).hasValue(0);
    }
    broker.assertScriptsDone();
  }

  @Test
  void aBrokerThatIsSilentInTheTimeSourceIsGivenUp() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2", "60000,0");
          peer.expectEnd();
        });
    broker.onConnection(peer -> peer.handshake("1.2"));
    try (StompClient client =
        client().offer(Offer.standard().with(new HeartBeat(0, 60_000))).connect()) {
      moveUntil(() -> client.epoch() == 2, MINUTE);
    }
  }

  @Test
  void theDeadlineOfAConfirmationIsThatOfTheTimeSource() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expectEnd();
        });
    Timeouts timeouts = timeouts().withDelivery(Duration.ofMinutes(2));
    try (StompClient client = client().timeouts(timeouts).connect()) {
      Confirmation confirmation = client.sendConfirmed(Outgoing.to("/queue/a").text("x"));
      client.flush(LIMIT);
      clock.advance(Duration.ofMinutes(2).minusNanos(1));
      assertThat(confirmation.isDone()).isFalse();

      clock.advance(Duration.ofNanos(1));

      assertThat(confirmation.outcome()).get().isInstanceOf(Outcome.Unknown.class);
    }
  }

  @Test
  void aFrameThatTheBrokerDoesNotFinishEndsTheConnection() throws Exception {
    CompletableFuture<StateChange> lost = new CompletableFuture<>();
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.send("MESSAGE\nsubscription:1\nmessage-id:1\ndestination:/queue/a\n\nand then");
          peer.expectEnd();
        });
    broker.onConnection(peer -> peer.handshake("1.2"));
    try (StompClient client =
        client()
            .onStateChange(
                change -> {
                  if (change.to() == ClientState.RECOVERING) {
                    lost.complete(change);
                  }
                })
            .connect()) {
      moveUntil(() -> client.epoch() == 2, MINUTE.dividedBy(2));

      assertThat(lost).succeedsWithin(LIMIT);
      assertThat(lost.join().cause()).get().asString().contains("octets of a frame", "within 60s");
    }
  }

  @Test
  void aBrokerThatIsSilentBetweenFramesIsNotTakenForOneThatIsSlow() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.receiptFor(peer.expect("SEND"));
          peer.receiptFor(peer.expect("SEND"));
        });
    Timeouts patient = Timeouts.defaults().withDelivery(Duration.ofDays(1));
    try (StompClient client =
        client().timeouts(patient.withClose(Duration.ofMillis(300))).connect()) {
      client.sendConfirmed(Outgoing.to("/queue/a").text("x")).await(LIMIT);
      client.flush(LIMIT); // a receipt may be faster than the end of the write that asked for it
      clock.advance(Duration.ofHours(1));
      client.sendConfirmed(Outgoing.to("/queue/a").text("x")).await(LIMIT);

      assertThat(client.epoch()).isEqualTo(1);
    }
  }

  /** Other threads schedule meanwhile, so time moves in steps. */
  private void moveUntil(Callable<Boolean> condition, Duration step) {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              clock.advance(step);
              return condition.call();
            });
  }

  private StompClientBuilder client() {
    return Clients.fast(broker.uri())
        .connect(
            ConnectOptions.defaults()
                .with(TimeSource.of(clock::nanoTime, clock.timer()))
                .with(timeouts()));
  }

  /** Connecting takes real time, and must not run out of it while a test moves on. */
  private static Timeouts timeouts() {
    return Timeouts.defaults().withConnect(Duration.ofDays(1)).withClose(Duration.ofMillis(300));
  }
}
