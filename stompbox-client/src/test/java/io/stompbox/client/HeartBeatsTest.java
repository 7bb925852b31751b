package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompbox.protocol.failover.BackOff;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.session.HeartBeat;
import io.stompbox.protocol.session.HeartBeatTolerance;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Heart-beats on a real socket: who is alive, who is not, and what happens then. */
class HeartBeatsTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** In ms; both sides promise it. */
  private static final int PERIOD = 200;

  /** Longer than any silence that is allowed: the client sends one after half a period. */
  private static final int BEATS = 25;

  private static final Offer OFFER =
      Offer.standard()
          .with(new HeartBeat(PERIOD, PERIOD))
          .with(new HeartBeatTolerance(0.5, 10, Duration.ZERO));

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  @Test
  void noGapIsLongerThanThePeriodThatWasAgreed() throws Exception {
    BlockingQueue<Duration> gaps = new LinkedBlockingQueue<>();
    broker.onConnection(
        peer -> {
          peer.handshake("1.2", "0,4000");
          for (int i = 0; i < 2; i++) {
            long start = System.nanoTime();
            peer.expectHeartBeat();
            gaps.add(Duration.ofNanos(System.nanoTime() - start));
          }
        });
    try (Connection connection = open(Offer.standard().with(new HeartBeat(4000, 0)))) {
      broker.assertScriptsDone();
      assertThat(connection.isOpen()).isTrue();
    }
    assertThat(gaps).hasSize(2).allMatch(gap -> gap.compareTo(Duration.ofSeconds(4)) < 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\n\n", "\r\n", "\n\r\n\n"})
  void heartBeatsAreHeardHoweverTheyAreGroupedAndAreNoFrames(String octets) throws Exception {
    broker.onConnection(
        peer -> {
          handshake(peer);
          repeat(peer, octets);
          peer.send("MESSAGE\n\nafter all of them^@");
          peer.expectEnd();
        });
    try (Connection connection = open(OFFER)) {
      assertThat(connection.receive(LIMIT)).map(Frame::text).hasValue("after all of them");
    }
  }

  @Test
  void aFrameThatTricklesInIsASignOfLife() throws Exception {
    broker.onConnection(
        peer -> {
          handshake(peer);
          peer.send("MESSAGE\n\n");
          repeat(peer, "x");
          peer.send("^@");
          peer.expectEnd();
        });
    try (Connection connection = open(OFFER)) {
      assertThat(connection.receive(LIMIT)).map(Frame::text).get().asString().matches("x{5,}");
    }
  }

  @Test
  void aHandlerThatIsBusyForSeveralPeriodsKeepsTheConnection() throws Exception {
    CountDownLatch finish = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          handshake(peer);
          Frame subscribe = peer.expect("SUBSCRIBE");
          peer.receiptFor(subscribe);
          peer.message(subscribe, "1", "x");
          repeat(peer, "\n");
          finish.countDown();
          peer.expect("ACK");
        });
    try (StompClient client = builder().offer(OFFER).connect()) {
      client.subscribe("/queue/a", delivery -> finish.await());
      broker.assertScriptsDone();
      assertThat(client.epoch()).isEqualTo(1);
    }
  }

  @Test
  void everyConnectionAsksForTheSame() throws Exception {
    BlockingQueue<Frame> connects = new LinkedBlockingQueue<>();
    broker.onConnection(
        peer -> {
          connects.add(peer.handshake("1.2", "0,2000"));
          peer.reset();
        });
    broker.onConnection(peer -> connects.add(peer.handshake("1.2", "0,0")));
    Offer offer = Offer.standard().with(new HeartBeat(1000, 1000));
    try (StompClient client = builder().offer(offer).connect()) {
      broker.assertScriptsDone();
      assertThat(client.agreement().version().text()).isEqualTo("1.2");
    }
    Frame first = connects.remove();
    assertThat(first.header("heart-beat")).isEqualTo("1000,1000");
    assertThat(connects).containsExactly(first);
  }

  @Test
  void aSilentBrokerIsLeftOnceAndTheLossSaysWhy() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2", "100,0");
          peer.expectEnd();
        });
    broker.onConnection(
        peer -> {
          peer.handshake("1.2", "0,0");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    BlockingQueue<StateChange> changes = new LinkedBlockingQueue<>();
    Offer offer = OFFER.with(new HeartBeat(0, 100));
    StompClient client = builder().offer(offer).onStateChange(changes::add).connect();
    await()
        .atMost(LIMIT)
        .until(() -> client.epoch() == 2 && client.state() == ClientState.CONNECTED);
    client.close(LIMIT);
    broker.assertScriptsDone();
    await().atMost(LIMIT).until(() -> changes.size() == 6);

    assertThat(changes)
        .extracting(StateChange::to)
        .containsExactly(
            ClientState.CONNECTING,
            ClientState.CONNECTED,
            ClientState.RECOVERING,
            ClientState.CONNECTED,
            ClientState.DRAINING,
            ClientState.CLOSED);
    assertThat(List.copyOf(changes).get(2).cause().orElseThrow())
        .isInstanceOf(ConnectionLostException.class)
        .hasMessageContaining("nothing was heard for")
        .hasMessageContaining("a heart-beat was promised every 100ms");
  }

  private static void handshake(Peer peer) {
    peer.handshake("1.2", PERIOD + "," + PERIOD);
  }

  /** Sends octets again and again until the client has sent several heart-beats. */
  private static void repeat(Peer peer, String octets) throws InterruptedException {
    ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();
    try {
      ScheduledFuture<?> sending =
          sender.scheduleAtFixedRate(() -> peer.send(octets), 0, PERIOD / 4, TimeUnit.MILLISECONDS);
      for (int i = 0; i < BEATS; i++) {
        peer.expectHeartBeat();
      }
      assertThat(sending.isDone()).as("sending failed").isFalse();
    } finally {
      sender.shutdown();
      assertThat(sender.awaitTermination(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
  }

  private Connection open(Offer offer) {
    return Connection.open(
        BrokerAddress.parse(broker.uri()), ConnectOptions.defaults().with(offer).with(quick()));
  }

  private StompClientBuilder builder() {
    BackOff atOnce =
        new BackOff(Duration.ofMillis(1), Duration.ofMillis(10), 2, new BackOff.Jitter.None());
    return StompClient.builder(broker.uri())
        .timeouts(quick())
        .reconnect(ReconnectPolicy.standard().with(atOnce));
  }

  private static Timeouts quick() {
    return Timeouts.defaults().withClose(Duration.ofMillis(300));
  }
}
