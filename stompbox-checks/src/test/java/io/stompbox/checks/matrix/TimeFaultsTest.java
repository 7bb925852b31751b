package io.stompbox.checks.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompbox.checks.invariants.Invariants;
import io.stompbox.client.ClientState;
import io.stompbox.client.ConnectOptions;
import io.stompbox.client.Offer;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StateChange;
import io.stompbox.client.StompClient;
import io.stompbox.client.TimeSource;
import io.stompbox.client.Timeouts;
import io.stompbox.protocol.failover.BackOff;
import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.protocol.session.HeartBeat;
import io.stompbox.protocol.session.HeartBeatTolerance;
import io.stompbox.testkit.ManualClock;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Faults whose outcome is a matter of time, which the test moves. */
class TimeFaultsTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration MILLISECOND = Duration.ofMillis(1);
  private static final int LATE_BEATS = 1000;

  private final ManualClock clock = new ManualClock();
  private final ScriptedBroker first = ScriptedBroker.start();
  private final ScriptedBroker second = ScriptedBroker.start().otherwise(TimeFaultsTest::serve);
  private final List<StateChange> changes = new CopyOnWriteArrayList<>();

  @AfterEach
  void stopBrokers() {
    first.close();
    second.close();
  }

  @Fault("F02")
  @Test
  void aBrokerThatDoesNotAnswerConnectIsLeftAfterTenSecondsForTheNext(Invariants invariants)
      throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    first.onConnection(
        peer -> {
          peer.expect("CONNECT");
          asked.countDown();
          peer.patience(LIMIT);
          peer.expectEnd();
        });

    CompletableFuture<StompClient> client =
        CompletableFuture.supplyAsync(() -> connect(invariants, options -> options));
    assertThat(asked.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    clock.advance(Duration.ofSeconds(10).minus(MILLISECOND));
    assertThat(clock.hasTask(MILLISECOND)).as("it goes on waiting").isTrue();
    clock.advance(MILLISECOND);

    assertThat(client).succeedsWithin(LIMIT);
    assertThat(client.join().epoch()).isEqualTo(1);
    first.assertScriptsDone();
  }

  @Fault("F25")
  @Test
  void aBrokerThatFallsSilentIsLeftAfterTwoPeriodsAndItsGraceForTheNext(Invariants invariants)
      throws Exception {
    beSilentWith("1000,1000");
    StompClient client =
        connect(invariants, options -> options.with(Offer.standard().with(beats(1000))));

    clock.advance(Duration.ofSeconds(4));

    awaitSecondConnection(client);
    // Two periods, one second of grace, and a last look at the socket.
    assertThat(reasonOfLoss()).contains("nothing was heard for 3.25s");
    first.assertScriptsDone();
  }

  @Fault("F26")
  @Test
  void withoutHeartBeatsABrokerThatIsSilentForAsLongAsTheProgramSaysIsLeft(Invariants invariants)
      throws Exception {
    beSilentWith("0,0");
    Timeouts impatient = Timeouts.defaults().withIdle(Duration.ofMinutes(5));
    StompClient client = connect(invariants, options -> options.with(impatient));

    clock.advance(Duration.ofMinutes(6));

    awaitSecondConnection(client);
    assertThat(reasonOfLoss()).contains("nothing was heard for 300.25s, and silence may last 300s");
    first.assertScriptsDone();
  }

  @Fault("F26")
  @Test
  void withoutHeartBeatsSilenceEndsNothingUnlessTheProgramSaysSo(Invariants invariants)
      throws Exception {
    first.onConnection(TimeFaultsTest::serve);
    StompClient client = connect(invariants, options -> options);

    clock.advance(Duration.ofDays(2));

    invariants.sendConfirmed(client, Outgoing.to("/queue/a").text("x")).await(LIMIT);
    assertThat(client.epoch()).isEqualTo(1);
  }

  @Fault("F26")
  @Test
  void whereHeartBeatsWereAgreedTheyDecideAndNotTheLimitForSilence(Invariants invariants)
      throws Exception {
    beSilentWith("60000,0");
    Timeouts impatient = Timeouts.defaults().withIdle(Duration.ofSeconds(1));
    StompClient client =
        connect(
            invariants,
            options ->
                options.with(impatient).with(Offer.standard().with(new HeartBeat(0, 60_000))));

    clock.advance(Duration.ofSeconds(130));

    awaitSecondConnection(client);
    assertThat(reasonOfLoss()).contains("nothing was heard for 121.25s");
  }

  /** Nine tenths of a period late, while one period is allowed and no grace. */
  @Fault("F27")
  @Test
  void aThousandHeartBeatsThatComeLateAreNoLossAndOneThatDoesNotComeIs(Invariants invariants)
      throws Exception {
    BlockingQueue<String> beats = new LinkedBlockingQueue<>();
    first.onConnection(
        peer -> {
          peer.handshake("1.2", "1000,0");
          for (int i = 0; i < LATE_BEATS; i++) {
            peer.send(beats.take());
          }
          peer.patience(LIMIT);
          peer.expectEnd();
        });
    Semaphore read = new Semaphore(0);
    Offer strict =
        Offer.standard()
            .with(new HeartBeat(0, 1000))
            .with(new HeartBeatTolerance(0.5, 2.0, Duration.ZERO));
    StompClient client = connect(invariants, options -> tapped(options.with(strict), read));
    read.acquire(2);

    for (int i = 0; i < LATE_BEATS; i++) {
      clock.advance(Duration.ofMillis(1900));
      beats.add("\n");
      assertThat(read.tryAcquire(LIMIT.toSeconds(), TimeUnit.SECONDS)).as("beat %d", i).isTrue();
    }
    assertThat(client.epoch()).isEqualTo(1);
    assertThat(changes).extracting(StateChange::to).doesNotContain(ClientState.RECOVERING);
    clock.advance(Duration.ofMillis(2300));

    awaitSecondConnection(client);
    assertThat(reasonOfLoss()).contains("nothing was heard for 2.25s");
    first.assertScriptsDone();
  }

  /** Takes CONNECT and never says another word. */
  private void beSilentWith(String heartBeat) {
    first.onConnection(
        peer -> {
          peer.handshake("1.2", heartBeat);
          peer.patience(LIMIT);
          peer.expectEnd();
        });
  }

  private static void serve(Peer peer) {
    peer.handshake("1.2");
    peer.patience(LIMIT);
    peer.next().filter(frame -> frame.headers().has("receipt")).ifPresent(peer::receiptFor);
    peer.next().filter(frame -> frame.headers().has("receipt")).ifPresent(peer::receiptFor);
  }

  private static HeartBeat beats(int period) {
    return new HeartBeat(period, period);
  }

  /** Each time the client is about to read, there is one permit more. */
  private static ConnectOptions tapped(ConnectOptions options, Semaphore read) {
    return options.with(
        address ->
            new ObservedTransport(options.transports().create(address), read::release, () -> {}));
  }

  private StompClient connect(Invariants invariants, UnaryOperator<ConnectOptions> how) {
    BackOff none = new BackOff(Duration.ZERO, Duration.ZERO, 1, new BackOff.Jitter.None());
    return invariants.connect(
        options ->
            StompClient.builder("failover:(" + first.uri() + "," + second.uri() + ")")
                .connect(how.apply(options.with(TimeSource.of(clock::nanoTime, clock.timer()))))
                .reconnect(ReconnectPolicy.standard().with(none))
                .onStateChange(changes::add)
                .connect());
  }

  private static void awaitSecondConnection(StompClient client) {
    await()
        .atMost(LIMIT)
        .until(() -> client.epoch() == 2 && client.state() == ClientState.CONNECTED);
  }

  private String reasonOfLoss() {
    await().atMost(LIMIT).until(() -> losses().size() == 1);
    return losses().get(0).cause().orElseThrow().toString();
  }

  private List<StateChange> losses() {
    return changes.stream().filter(change -> change.to() == ClientState.RECOVERING).toList();
  }
}
