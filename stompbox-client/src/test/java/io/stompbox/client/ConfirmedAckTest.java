package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a program learns of acknowledgements whose receipt it asks for. */
class ConfirmedAckTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final SubscribeOptions MANUAL =
      SubscribeOptions.defaults().with(Acknowledgement.MANUAL);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  @ParameterizedTest
  @CsvSource({"1.0, ACK", "1.1, ACK", "1.1, NACK", "1.2, ACK", "1.2, NACK"})
  void endsOnTheReceipt(String version, String command) throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed(version);
          peer.message(subscribe, "1", "x");
          Frame ack = peer.expect(command);
          goOn.await();
          peer.receiptFor(ack);
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      Delivery delivery = client.subscribe("/queue/a", MANUAL).receive(LIMIT).orElseThrow();

      Confirmation confirmation =
          command.equals("ACK") ? delivery.ackConfirmed() : delivery.nackConfirmed();

      assertThat(confirmation.isDone()).isFalse();
      goOn.countDown();
      assertThat(confirmation.await(LIMIT)).isEqualTo(new Outcome.Confirmed(1, 1, false));
      assertThatIllegalStateException()
          .isThrownBy(delivery::ackConfirmed)
          .withMessageContaining("acknowledged or refused before");
      broker.assertScriptsDone();
    }
  }

  @Test
  void isUnknownWhenTheConnectionIsLostBeforeTheReceiptAndTheMessageMayComeAgain()
      throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "1", "x");
          peer.expect("ACK");
          peer.reset();
        });
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "1", "x again");
          peer.receiptFor(peer.expect("ACK"));
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      Subscription subscription = client.subscribe("/queue/a", MANUAL);
      Delivery first = subscription.receive(LIMIT).orElseThrow();

      Outcome outcome = first.ackConfirmed().awaitOutcome(LIMIT);

      assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
      Delivery again = subscription.receive(LIMIT).orElseThrow();
      assertThat(again.text()).isEqualTo("x again");
      assertThat(again.ackConfirmed().await(LIMIT).epoch()).isEqualTo(2);
      assertThat(client.received().staleAcks()).isZero();
      broker.assertScriptsDone();
    }
  }

  @Test
  void isRejectedWhenTheBrokerNamesItsReceiptInAnError() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "1", "x");
          String receipt = peer.expect("ACK").require("receipt");
          peer.send("ERROR\nreceipt-id:" + receipt + "\nmessage:not yours\n\n^@");
        });
    try (StompClient client =
        Clients.fast(broker.uri()).reconnect(ReconnectPolicy.never()).connect()) {
      Delivery delivery = client.subscribe("/queue/a", MANUAL).receive(LIMIT).orElseThrow();

      Outcome outcome = delivery.ackConfirmed().awaitOutcome(LIMIT);

      assertThat(outcome)
          .isInstanceOfSatisfying(
              Outcome.Rejected.class,
              rejected -> assertThat(rejected.cause()).hasMessageContaining("not yours"));
    }
  }

  @Test
  void saysStaleAndWritesNothingAfterTheConnectionIsLost() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "1", "x");
          peer.message(subscribe, "2", "y");
          peer.expect("SEND");
          peer.reset();
        });
    broker.onConnection(
        peer -> {
          peer.subscribed("1.2");
          peer.expect("SEND");
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      Subscription subscription = client.subscribe("/queue/a", MANUAL);
      Delivery first = subscription.receive(LIMIT).orElseThrow();
      Delivery second = subscription.receive(LIMIT).orElseThrow();
      client.send("/queue/x", "lose it");
      await().atMost(LIMIT).until(() -> client.epoch() == 2);

      for (Confirmation late : new Confirmation[] {first.ackConfirmed(), second.nackConfirmed()}) {
        assertThat(late.awaitOutcome(LIMIT))
            .isInstanceOfSatisfying(
                Outcome.NotSent.class,
                notSent ->
                    assertThat(notSent.cause())
                        .isInstanceOf(StaleDeliveryException.class)
                        .hasMessageContaining("stale"));
      }

      assertThat(client.received().staleAcks()).isEqualTo(2);
      client.send("/queue/x", "the next frame after SUBSCRIBE");
      broker.assertScriptsDone();
    }
  }

  @Test
  void ofACumulativeAcknowledgementWaitsForTheMessagesBefore() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame subscribe = peer.expect("SUBSCRIBE");
          peer.message(subscribe, "1", "first");
          peer.message(subscribe, "2", "second");
          peer.receiptFor(subscribe);
          Frame ack = peer.expect("ACK");
          assertThat(ack.require("id")).isEqualTo("2");
          peer.receiptFor(ack);
        });
    CountDownLatch finishFirst = new CountDownLatch(1);
    CompletableFuture<Confirmation> second = new CompletableFuture<>();
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.subscribe(
          "/queue/a",
          MANUAL.with(Acknowledgement.BATCHED).concurrency(2),
          delivery -> {
            if (delivery.text().equals("first")) {
              finishFirst.await();
            } else {
              second.complete(delivery.ackConfirmed());
            }
          });
      Confirmation confirmation = second.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      assertThat(confirmation.isDone()).isFalse();

      finishFirst.countDown();

      assertThat(confirmation.await(LIMIT)).isEqualTo(new Outcome.Confirmed(1, 1, false));
      broker.assertScriptsDone();
    }
  }

  @Test
  void ofACumulativeAcknowledgementThatWaitsIsStaleWhenTheConnectionIsLost() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame subscribe = peer.expect("SUBSCRIBE");
          peer.message(subscribe, "1", "first");
          peer.message(subscribe, "2", "second");
          peer.receiptFor(subscribe);
          peer.expect("SEND");
          peer.reset();
        });
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "3", "first again");
          assertThat(peer.expect("ACK").require("id")).isEqualTo("3");
        });
    CountDownLatch finishFirst = new CountDownLatch(1);
    CompletableFuture<Confirmation> second = new CompletableFuture<>();
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.subscribe(
          "/queue/a",
          MANUAL.with(Acknowledgement.BATCHED).concurrency(2),
          delivery -> {
            if (delivery.text().equals("first")) {
              finishFirst.await();
            } else if (delivery.text().equals("second")) {
              second.complete(delivery.ackConfirmed());
            }
          });
      Confirmation confirmation = second.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      client.send("/queue/x", "lose it");

      assertThat(confirmation.awaitOutcome(LIMIT))
          .isInstanceOfSatisfying(
              Outcome.NotSent.class,
              notSent -> assertThat(notSent.cause()).isInstanceOf(StaleDeliveryException.class));
      broker.assertScriptsDone();
      finishFirst.countDown();
    }
  }

  @Test
  void cannotBeAskedForWhereTheBrokerAcknowledgesByItself() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "1", "x");
          peer.expectEnd();
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      SubscribeOptions auto = MANUAL.with(Acknowledgement.BROKER);
      Delivery delivery = client.subscribe("/queue/a", auto).receive(LIMIT).orElseThrow();

      assertThatIllegalStateException()
          .isThrownBy(delivery::ackConfirmed)
          .withMessageContaining("nothing to confirm");
      assertThat(delivery.ack()).isEqualTo(AckResult.NOT_NEEDED);
    }
  }

  @Test
  void ofACumulativeAcknowledgementThatWaitsIsStaleWhenTheSubscriptionIsClosed() throws Exception {
    CountDownLatch finishFirst = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame subscribe = peer.expect("SUBSCRIBE");
          peer.message(subscribe, "1", "first");
          peer.message(subscribe, "2", "second");
          peer.receiptFor(subscribe);
          peer.expect("UNSUBSCRIBE");
        });
    CompletableFuture<Confirmation> second = new CompletableFuture<>();
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      Subscription subscription =
          client.subscribe(
              "/queue/a",
              MANUAL.with(Acknowledgement.BATCHED).concurrency(2),
              delivery -> {
                if (delivery.text().equals("first")) {
                  finishFirst.await();
                } else {
                  second.complete(delivery.ackConfirmed());
                }
              });
      Confirmation confirmation = second.get(LIMIT.toSeconds(), TimeUnit.SECONDS);

      subscription.close();

      assertThat(confirmation.awaitOutcome(LIMIT))
          .isInstanceOfSatisfying(
              Outcome.NotSent.class,
              notSent -> assertThat(notSent.cause()).isInstanceOf(StaleDeliveryException.class));
      broker.assertScriptsDone();
      finishFirst.countDown();
    }
  }
}
