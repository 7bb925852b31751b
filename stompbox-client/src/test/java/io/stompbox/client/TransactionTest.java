package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.ManualClock;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of transactions, and of what is sent and acknowledged in them. */
class TransactionTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final SubscribeOptions MANUAL =
      SubscribeOptions.defaults().with(Acknowledgement.MANUAL);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  @Test
  void aConfirmedSendInsideIsConfirmedByTheReceiptOfCommitAndAsksForNone() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expect("BEGIN");
          assertThat(peer.expect("SEND").header("receipt")).isNull();
          Frame commit = peer.expect("COMMIT");
          goOn.await();
          peer.receiptFor(commit);
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      Transaction transaction = client.begin();
      Confirmation send = transaction.sendConfirmed(Outgoing.to("/queue/a").text("x"));
      assertThat(send.isDone()).isFalse();
      goOn.countDown();
      transaction.commit();

      assertThat(send.await(LIMIT)).isEqualTo(new Outcome.Confirmed(1, 1, false));
      assertThat(client.sends().confirmed()).isEqualTo(1);
      broker.assertScriptsDone();
    }
  }

  /** Which frame is the last before the connection is reset, and whether COMMIT was written. */
  @ParameterizedTest
  @ValueSource(strings = {"BEGIN", "SEND"})
  void whatIsLostBeforeCommitIsRolledBackAndNeverSentAgain(String last) throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          while (!peer.next().orElseThrow().command().name().equals(last)) {
            // Up to there everything is well.
          }
          peer.reset();
        });
    List<String> next = firstFramesOfNextConnection();
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      Transaction transaction = client.begin();
      Confirmation send = null;
      if (last.equals("SEND")) {
        send = transaction.sendConfirmed(Outgoing.to("/queue/a").text("x"));
      }
      await().atMost(LIMIT).until(() -> client.epoch() == 2);

      assertThatExceptionOfType(TransactionRolledBackException.class)
          .isThrownBy(() -> transaction.send("/queue/a", "late"))
          .withMessageContaining("safe to run it again");
      assertThatExceptionOfType(TransactionRolledBackException.class)
          .isThrownBy(transaction::commit);
      transaction.abort();
      if (send != null) {
        assertThat(send.awaitOutcome(LIMIT))
            .isInstanceOfSatisfying(
                Outcome.NotSent.class,
                notSent ->
                    assertThat(notSent.cause()).isInstanceOf(TransactionRolledBackException.class));
        assertThat(client.sends().notSent()).isEqualTo(1);
      }
      client.send("/queue/x", "the end");
      broker.assertScriptsDone();
    }
    assertThat(next).containsExactly("SEND /queue/x");
  }

  @Test
  void whatIsLostAfterCommitWasWrittenIsInDoubtAndNeverSentAgain() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expect("BEGIN");
          peer.expect("SEND");
          peer.expect("COMMIT");
          peer.reset();
        });
    List<String> next = firstFramesOfNextConnection();
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      Transaction transaction = client.begin();
      Confirmation send = transaction.sendConfirmed(Outgoing.to("/queue/a").text("x"));

      assertThatExceptionOfType(TransactionInDoubtException.class).isThrownBy(transaction::commit);

      assertThat(send.awaitOutcome(LIMIT))
          .isInstanceOfSatisfying(
              Outcome.Unknown.class,
              unknown ->
                  assertThat(unknown.cause()).isInstanceOf(TransactionInDoubtException.class));
      assertThat(client.sends().unknown()).isEqualTo(1);
      await().atMost(LIMIT).until(() -> client.epoch() == 2);
      client.send("/queue/x", "the end");
      broker.assertScriptsDone();
    }
    assertThat(next).containsExactly("SEND /queue/x");
  }

  @Test
  void aCommitWhoseReceiptDoesNotComeInTimeIsInDoubt() throws Exception {
    ManualClock clock = new ManualClock();
    TimeSource time = TimeSource.of(clock::nanoTime, clock.timer());
    Timeouts timeouts = Timeouts.defaults();
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expect("BEGIN");
          peer.expect("COMMIT");
          clock.advance(timeouts.receipt());
          peer.expectEnd();
        });
    try (StompClient client =
        Clients.fast(broker.uri())
            .connect(ConnectOptions.defaults().with(time))
            .timeouts(timeouts.withClose(Duration.ofMillis(300)))
            .connect()) {
      assertThatExceptionOfType(TransactionInDoubtException.class)
          .isThrownBy(client.begin()::commit)
          .withMessageContaining("no receipt came");
    }
  }

  @Test
  void anAbortTellsTheSendsThatNothingOfThemWasDone() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expect("BEGIN");
          peer.expect("SEND");
          peer.expect("ABORT");
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      Transaction transaction = client.begin();
      Confirmation send = transaction.sendConfirmed(Outgoing.to("/queue/a"));
      transaction.abort();

      assertThat(send.awaitOutcome(LIMIT)).isInstanceOf(Outcome.NotSent.class);
      broker.assertScriptsDone();
    }
  }

  @Test
  void workIsRunAgainAfterARollbackAndNotMoreOftenThanAsked() throws Exception {
    for (int i = 0; i < 2; i++) {
      broker.onConnection(
          peer -> {
            peer.handshake("1.2");
            peer.expect("BEGIN");
            peer.expect("SEND");
            peer.reset();
          });
    }
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expect("BEGIN");
          assertThat(peer.expect("SEND").text()).isEqualTo("run 3");
          peer.receiptFor(peer.expect("COMMIT"));
        });
    AtomicInteger runs = new AtomicInteger();
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.inTransaction(tx -> sendAndAwaitLoss(client, tx, runs.incrementAndGet()), 2);
      broker.assertScriptsDone();
    }
    assertThat(runs).hasValue(3);
  }

  @Test
  void workIsNotRunAgainWithoutRetriesNorWhenItIsInDoubt() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expect("BEGIN");
          peer.expect("SEND");
          peer.reset();
        });
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expect("BEGIN");
          peer.expect("COMMIT");
          peer.reset();
        });
    AtomicInteger runs = new AtomicInteger();
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      assertThatExceptionOfType(TransactionRolledBackException.class)
          .isThrownBy(
              () ->
                  client.inTransaction(
                      tx -> sendAndAwaitLoss(client, tx, runs.incrementAndGet()), 0));
      assertThatExceptionOfType(TransactionInDoubtException.class)
          .isThrownBy(() -> client.inTransaction(tx -> runs.incrementAndGet(), 5));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> client.inTransaction(tx -> runs.incrementAndGet(), -1));
      broker.assertScriptsDone();
    }
    assertThat(runs).hasValue(2);
  }

  /** In the first two runs the broker resets the connection after SEND. */
  private static void sendAndAwaitLoss(StompClient client, Transaction transaction, int run) {
    int epoch = client.epoch();
    transaction.send("/queue/a", "run " + run);
    if (run < 3) {
      await().atMost(LIMIT).until(() -> client.epoch() > epoch);
    }
  }

  @Test
  void anAcknowledgementThatAnAbortHasUndoneCanBeMadeAgain() throws Exception {
    broker.onConnection(
        peer -> {
          peer.message(subscribed(peer, "some"), "1", "x");
          peer.expect("BEGIN");
          assertThat(peer.expect("ACK").require("transaction")).isEqualTo("t-1");
          peer.expect("ABORT");
          assertThat(peer.expect("ACK").header("transaction")).isNull();
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      Delivery delivery = client.subscribe("/queue/a", MANUAL).receive(LIMIT).orElseThrow();
      Transaction transaction = client.begin();
      transaction.ack(delivery);
      assertThatIllegalStateException()
          .isThrownBy(() -> transaction.ack(delivery))
          .withMessageContaining("before");
      transaction.abort();

      assertThat(delivery.ack()).isEqualTo(AckResult.SENT);
      broker.assertScriptsDone();
    }
  }

  @Test
  void anAcknowledgementOfAnEarlierConnectionIsStaleInATransactionToo() throws Exception {
    broker.onConnection(
        peer -> {
          peer.message(subscribed(peer, "some"), "1", "x");
          peer.expect("SEND");
          peer.reset();
        });
    broker.onConnection(
        peer -> {
          subscribed(peer, "some");
          peer.expect("BEGIN");
          peer.expect("ABORT");
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      Delivery delivery = client.subscribe("/queue/a", MANUAL).receive(LIMIT).orElseThrow();
      client.send("/queue/x", "lose it");
      await().atMost(LIMIT).until(() -> client.epoch() == 2);

      assertThatExceptionOfType(StaleDeliveryException.class)
          .isThrownBy(() -> client.inTransaction(tx -> tx.ack(delivery)))
          .withMessageContaining("will come again");

      assertThat(client.received().staleAcks()).isEqualTo(1);
      broker.assertScriptsDone();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BATCHED", "BROKER"})
  void whatCoversOtherMessagesOrNoneIsNotAcknowledgedInATransaction(Acknowledgement mode)
      throws Exception {
    broker.onConnection(
        peer -> {
          peer.message(subscribed(peer, "some"), "1", "x");
          peer.expect("BEGIN");
          peer.expect("ABORT");
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      Delivery delivery =
          client.subscribe("/queue/a", MANUAL.with(mode)).receive(LIMIT).orElseThrow();

      assertThatIllegalStateException()
          .isThrownBy(() -> client.inTransaction(tx -> tx.ack(delivery)))
          .withMessageContaining(mode.name())
          .withMessageContaining("AFTER_PROCESSING");
      broker.assertScriptsDone();
    }
  }

  @Test
  void onArtemisAnAcknowledgementInATransactionFailsEarlyAndWritesNothing() throws Exception {
    broker.onConnection(
        peer -> {
          peer.message(subscribed(peer, "ActiveMQ-Artemis/2.55.0"), "1", "x");
          peer.expect("BEGIN");
          peer.expect("ABORT");
          peer.expect("ACK");
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      Delivery delivery = client.subscribe("/queue/a", MANUAL).receive(LIMIT).orElseThrow();

      assertThatIllegalStateException()
          .isThrownBy(() -> client.inTransaction(tx -> tx.ack(delivery)))
          .withMessageContaining("Artemis ignores transactions of acknowledgements")
          .withMessageContaining("after the commit");
      assertThat(delivery.ack()).isEqualTo(AckResult.SENT);
      broker.assertScriptsDone();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ActiveMQ-Artemis/2.55.0, Artemis ignores transactions of acknowledgements",
    "ActiveMQ/6.3.1, ActiveMQ Classic takes no NACK in a transaction"
  })
  void whereTheBrokerCannotDoItARefusalInATransactionFailsEarlyAndWritesNothing(
      String server, String reason) throws Exception {
    broker.onConnection(
        peer -> {
          peer.message(subscribed(peer, server), "1", "x");
          peer.expect("BEGIN");
          peer.expect("ABORT");
          peer.expect("NACK");
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      Delivery delivery = client.subscribe("/queue/a", MANUAL).receive(LIMIT).orElseThrow();

      assertThatIllegalStateException()
          .isThrownBy(() -> client.inTransaction(tx -> tx.nack(delivery)))
          .withMessageContaining(reason)
          .withMessageContaining("after the commit");
      assertThat(delivery.nack()).isEqualTo(AckResult.SENT);
      broker.assertScriptsDone();
    }
  }

  @Test
  void aRefusalInATransactionNamesItAndCanBeMadeAgainAfterAnAbort() throws Exception {
    broker.onConnection(
        peer -> {
          peer.message(subscribed(peer, "RabbitMQ/3.10.8"), "1", "x");
          String id = peer.expect("BEGIN").require("transaction");
          Frame nack = peer.expect("NACK");
          assertThat(nack.require("id")).isEqualTo("1");
          assertThat(nack.require("transaction")).isEqualTo(id);
          peer.expect("ABORT");
          assertThat(peer.expect("NACK").headers().has("transaction")).isFalse();
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      Delivery delivery = client.subscribe("/queue/a", MANUAL).receive(LIMIT).orElseThrow();
      Transaction transaction = client.begin();
      transaction.nack(delivery);
      assertThatIllegalStateException().isThrownBy(() -> transaction.ack(delivery));
      transaction.abort();

      assertThat(delivery.nack()).isEqualTo(AckResult.SENT);
      broker.assertScriptsDone();
    }
  }

  /** Takes note of what comes on the next connection, up to the first plain SEND. */
  private List<String> firstFramesOfNextConnection() {
    List<String> frames = new CopyOnWriteArrayList<>();
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          String last = "";
          while (!last.equals("SEND /queue/x")) {
            Frame frame = peer.next().orElseThrow();
            last = frame.command() + " " + frame.header("destination");
            frames.add(last);
          }
        });
    return frames;
  }

  private static Frame subscribed(Peer peer, String server) {
    peer.expect("CONNECT");
    peer.send("CONNECTED\nversion:1.2\nserver:" + server + "\n\n^@");
    Frame subscribe = peer.expect("SUBSCRIBE");
    peer.receiptFor(subscribe);
    return subscribe;
  }

  @Test
  void aMessageOfAnotherClientIsNotAcknowledgedInATransactionOfThisOne() throws Exception {
    broker.onConnection(
        peer -> {
          peer.message(subscribed(peer, "some"), "1", "x");
          peer.expectEnd();
        });
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expect("BEGIN");
          peer.expect("ABORT");
        });
    try (StompClient other = Clients.fast(broker.uri()).connect()) {
      Delivery delivery = other.subscribe("/queue/a", MANUAL).receive(LIMIT).orElseThrow();
      try (StompClient client = Clients.fast(broker.uri()).connect()) {
        assertThatExceptionOfType(StaleDeliveryException.class)
            .isThrownBy(() -> client.inTransaction(tx -> tx.ack(delivery)))
            .withMessageContaining("another connection");
      }
    }
    broker.assertScriptsDone();
  }

  @Test
  void aSendWhoseTransactionOutlivesItsClientIsToldAllTheSame() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expect("BEGIN");
        });
    StompClient client = Clients.fast(broker.uri()).connect();
    Transaction transaction = client.begin();
    Confirmation send = transaction.sendConfirmed(Outgoing.to("/queue/a"));
    CompletableFuture<Outcome> stage = send.stage().toCompletableFuture();
    client.close();

    transaction.close();

    assertThat(stage.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(Outcome.NotSent.class);
  }
}
