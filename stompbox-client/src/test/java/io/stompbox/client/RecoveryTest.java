package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompbox.protocol.failover.BackOff;
import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.session.HeartBeat;
import io.stompbox.protocol.session.HeartBeatTolerance;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a client does when its connection is lost. */
class RecoveryTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  @Test
  void subscribesAgainThenRepeatsUnconfirmedSendsThenSendsWhatWaited() throws Exception {
    CountDownLatch down = new CountDownLatch(1);
    CountDownLatch waiting = new CountDownLatch(1);
    BlockingQueue<String> second = new LinkedBlockingQueue<>();
    broker.onConnection(
        peer -> {
          peer.subscribed("1.2");
          peer.receiptFor(peer.expect("SUBSCRIBE"));
          peer.receiptFor(peer.expect("SEND"));
          peer.expect("SEND");
          peer.expect("SEND");
          peer.reset();
        });
    broker.onConnection(
        peer -> {
          peer.expect("CONNECT");
          waiting.await();
          peer.send("CONNECTED\nversion:1.2\n\n^@");
          for (int i = 0; i < 5; i++) {
            Frame frame = peer.next().orElseThrow();
            second.add(frame.command() + " " + frame.require("destination") + frame.text());
            peer.receiptFor(frame);
          }
        });
    try (StompClient client =
        Clients.fast(broker.uri())
            .onStateChange(change -> countDown(change, ClientState.RECOVERING, down))
            .connect()) {
      client.subscribe("/queue/a");
      client.subscribe("/queue/b");
      List<Confirmation> sent = new ArrayList<>();
      for (int i = 1; i <= 3; i++) {
        sent.add(client.sendConfirmed(Outgoing.to("/queue/x").text("" + i)));
      }
      down.await();
      sent.add(client.sendConfirmed(Outgoing.to("/queue/x").text("4")));
      waiting.countDown();

      assertThat(sent.get(0).await(LIMIT)).isEqualTo(new Outcome.Confirmed(1, 1, false));
      assertThat(sent.get(1).await(LIMIT)).isEqualTo(new Outcome.Confirmed(2, 2, true));
      assertThat(sent.get(2).await(LIMIT)).isEqualTo(new Outcome.Confirmed(2, 2, true));
      assertThat(sent.get(3).await(LIMIT)).isEqualTo(new Outcome.Confirmed(1, 2, false));
      broker.assertScriptsDone();
      assertThat(second)
          .containsExactly(
              "SUBSCRIBE /queue/a",
              "SUBSCRIBE /queue/b",
              "SEND /queue/x2",
              "SEND /queue/x3",
              "SEND /queue/x4");
    }
  }

  @Test
  void anAcknowledgementOfALostConnectionIsNotWrittenAndSaysSo() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "m-1", "first");
          peer.expect("SEND");
          peer.reset();
        });
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "m-2", "again");
          assertThat(peer.expect("ACK").require("id")).isEqualTo("m-2");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      Subscription subscription =
          client.subscribe("/queue/a", SubscribeOptions.defaults().with(Acknowledgement.MANUAL));
      Delivery stale = subscription.receive(LIMIT).orElseThrow();
      client.send("/queue/x", "now lose it");
      Delivery fresh = subscription.receive(LIMIT).orElseThrow();

      assertThat(stale.ack()).isEqualTo(AckResult.STALE);
      assertThat(fresh.ack()).isEqualTo(AckResult.SENT);
      assertThat(fresh.epoch()).isEqualTo(2);
      assertThat(client.received().staleAcks()).isEqualTo(1);
    }
    broker.assertScriptsDone();
  }

  @Test
  void messagesThatNobodyHadSeenAreDroppedWithTheirConnectionSinceTheyComeAgain() throws Exception {
    CountDownLatch lost = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "m-1", "one");
          peer.message(subscribe, "m-2", "two");
          peer.expect("SEND");
          peer.reset();
        });
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          lost.await();
          peer.message(subscribe, "m-1b", "one again");
          peer.expectEnd();
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      Subscription subscription = client.subscribe("/queue/a");
      assertThat(subscription.receive(LIMIT)).map(Delivery::text).hasValue("one");
      client.send("/queue/x", "now lose it");
      awaitEpoch(client, 2);
      lost.countDown();

      assertThat(subscription.receive(LIMIT)).map(Delivery::text).hasValue("one again");
    }
  }

  @Test
  void onRabbitMqTheSubscriptionHasAnotherIdOnEachConnection() throws Exception {
    BlockingQueue<String> ids = new LinkedBlockingQueue<>();
    for (int i = 0; i < 2; i++) {
      broker.onConnection(
          peer -> {
            peer.expect("CONNECT");
            peer.send("CONNECTED\nversion:1.2\nserver:RabbitMQ/3.10.8\n\n^@");
            Frame subscribe = peer.expect("SUBSCRIBE");
            ids.add(subscribe.require("id"));
            peer.receiptFor(subscribe);
            peer.message(subscribe, "m", "to " + subscribe.require("id"));
            peer.expect("ACK");
            peer.reset();
          });
    }
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      Subscription subscription =
          client.subscribe("/queue/a", SubscribeOptions.defaults().withId("orders"));
      Delivery first = subscription.receive(LIMIT).orElseThrow();
      first.ack();
      Delivery second = subscription.receive(LIMIT).orElseThrow();
      second.ack();

      assertThat(subscription.id()).isEqualTo("orders");
      assertThat(second.text()).isEqualTo("to orders-e2");
    }
    broker.assertScriptsDone();
    assertThat(ids).containsExactly("orders-e1", "orders-e2");
  }

  @Test
  void aRefusedLoginDuringRecoveryIsTriedTwiceAndThenFinal() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expect("SEND");
          peer.reset();
        });
    for (int i = 0; i < 2; i++) {
      broker.onConnection(
          peer -> {
            peer.expect("CONNECT");
            peer.send("ERROR\nmessage:login is over\n\n^@");
          });
    }
    BlockingQueue<StateChange> changes = new LinkedBlockingQueue<>();
    try (StompClient client = Clients.fast(broker.uri()).onStateChange(changes::add).connect()) {
      Confirmation confirmation = client.sendConfirmed(Outgoing.to("/queue/x").text("never"));

      StateChange last = awaitState(changes, ClientState.FAILED);
      assertThat(last.cause()).get().isInstanceOf(BrokerErrorException.class);
      assertThat(last.cause().orElseThrow()).hasMessageContaining("login is over");
      assertThat(confirmation.awaitOutcome(LIMIT)).isNotInstanceOf(Outcome.Confirmed.class);
      assertThat(client.state()).isEqualTo(ClientState.FAILED);
    }
  }

  @Test
  void aBrokerThatAcceptsAndDropsEverybodyIsAskedAtGrowingIntervals() throws Exception {
    BlockingQueue<Long> times = new LinkedBlockingQueue<>();
    for (int i = 0; i < 5; i++) {
      broker.onConnection(
          peer -> {
            peer.handshake("1.2");
            times.add(System.nanoTime());
            peer.reset();
          });
    }
    ReconnectPolicy policy =
        ReconnectPolicy.standard()
            .with(
                new BackOff(
                    Duration.ofMillis(20), Duration.ofSeconds(5), 3, new BackOff.Jitter.None()));
    try (StompClient client = Clients.fast(broker.uri()).reconnect(policy).connect()) {
      broker.assertScriptsDone();
      long[] at = times.stream().mapToLong(Long::longValue).toArray();

      assertThat(at[4] - at[3]).isGreaterThan(Duration.ofMillis(20 * 27).toNanos());
      assertThat(client.epoch()).isPositive();
    }
  }

  @Test
  void unconfirmedSendsOfWhichNoOctetWasWrittenMoveToTheNextConnection() throws Exception {
    CountDownLatch down = new CountDownLatch(1);
    CountDownLatch sent = new CountDownLatch(1);
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.reset();
        });
    broker.onConnection(
        peer -> {
          peer.expect("CONNECT");
          sent.await();
          peer.send("CONNECTED\nversion:1.2\n\n^@");
          received.add(peer.expect("SEND").text());
          received.add(peer.expect("SEND").text());
        });
    try (StompClient client =
        Clients.fast(broker.uri())
            .onStateChange(change -> countDown(change, ClientState.RECOVERING, down))
            .connect()) {
      down.await();
      client.send("/queue/x", "a");
      client.send("/queue/x", "b");
      sent.countDown();
      broker.assertScriptsDone();

      assertThat(received).containsExactly("a", "b");
      assertThat(client.sends().unknown()).isZero();
    }
  }

  @Test
  void aRefusedSendIsNotRepeatedAndItsNeighboursAre() throws Exception {
    BlockingQueue<String> again = new LinkedBlockingQueue<>();
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expect("SEND");
          Frame poison = peer.expect("SEND");
          peer.expect("SEND");
          peer.send(
              "ERROR\nmessage:not this one\nreceipt-id:" + poison.require("receipt") + "\n\n^@");
          peer.expectEnd();
        });
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          for (int i = 0; i < 2; i++) {
            Frame frame = peer.expect("SEND");
            again.add(frame.text());
            peer.receiptFor(frame);
          }
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      List<Confirmation> sent = new ArrayList<>();
      for (String text : List.of("good", "poison", "also good")) {
        sent.add(client.sendConfirmed(Outgoing.to("/queue/x").text(text)));
      }

      assertThat(sent.get(1).awaitOutcome(LIMIT)).isInstanceOf(Outcome.Rejected.class);
      assertThat(sent.get(0).awaitOutcome(LIMIT)).isInstanceOf(Outcome.Confirmed.class);
      assertThat(sent.get(2).awaitOutcome(LIMIT)).isInstanceOf(Outcome.Confirmed.class);
      broker.assertScriptsDone();
      assertThat(again).containsExactly("good", "also good");
    }
  }

  @Test
  void aSilentBrokerIsGivenUpAndTheNextOneTaken() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2", "100,0");
          peer.expectEnd();
        });
    broker.onConnection(peer -> peer.handshake("1.2", "0,0"));
    try (StompClient client =
        Clients.fast(broker.uri())
            .offer(
                Offer.standard()
                    .with(new HeartBeat(0, 100))
                    .with(new HeartBeatTolerance(0.5, 2, Duration.ZERO)))
            .connect()) {
      awaitEpoch(client, 2);
      broker.assertScriptsDone();
    }
  }

  private static void countDown(StateChange change, ClientState state, CountDownLatch latch) {
    if (change.to() == state) {
      latch.countDown();
    }
  }

  private static StateChange awaitState(BlockingQueue<StateChange> changes, ClientState state)
      throws InterruptedException {
    while (true) {
      StateChange change = changes.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
      assertThat(change).as("a change to %s", state).isNotNull();
      if (change.to() == state) {
        return change;
      }
    }
  }

  private static void awaitEpoch(StompClient client, int epoch) {
    await()
        .atMost(LIMIT)
        .until(() -> client.epoch() >= epoch && client.state() == ClientState.CONNECTED);
  }

  @Test
  void anErrorInTheProgramsOwnCredentialsEndsTheClientAndNotItsThreadAlone() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expect("SEND");
          peer.reset();
        });
    AtomicInteger asked = new AtomicInteger();
    Supplier<Credentials> credentials =
        () -> {
          if (asked.incrementAndGet() > 1) {
            throw new AssertionError("no vault");
          }
          return Credentials.NONE;
        };
    BlockingQueue<StateChange> changes = new LinkedBlockingQueue<>();
    try (StompClient client =
        Clients.fast(broker.uri())
            .connect(ConnectOptions.defaults().with(credentials))
            .onStateChange(changes::add)
            .connect()) {
      Confirmation confirmation = client.sendConfirmed(Outgoing.to("/queue/x").text("lost"));

      StateChange last = awaitState(changes, ClientState.FAILED);

      assertThat(last.cause().orElseThrow()).hasMessageContaining("no vault");
      assertThat(confirmation.awaitOutcome(LIMIT)).isInstanceOf(Outcome.Unknown.class);
    }
  }
}
