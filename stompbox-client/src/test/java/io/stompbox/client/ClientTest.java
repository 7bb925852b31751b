package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.Version;
import io.stompbox.protocol.session.HeartBeat;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client on one connection: connecting, sending, consuming, closing. */
class ClientTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  @Test
  void connectOffersEverythingAndSpeaksWhatTheBrokerChose() throws Exception {
    BlockingQueue<Frame> connects = new LinkedBlockingQueue<>();
    broker.onConnection(
        peer -> {
          connects.add(peer.handshake("1.1", "5000,7000"));
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    String uri = "stomp://cashier:p%3Ass@127.0.0.1:" + broker.port() + "/shop";
    try (StompClient client = builder(uri).connect()) {
      assertThat(client.agreement().version()).isEqualTo(Version.V1_1);
      assertThat(client.agreement().heartBeat()).isEqualTo(new HeartBeat(10_000, 10_000));
      assertThat(client.toString()).doesNotContain("p:ss", "cashier");
    }
    broker.assertScriptsDone();
    assertThat(connects.remove().headers().asMap())
        .containsEntry("accept-version", "1.0,1.1,1.2")
        .containsEntry("host", "shop")
        .containsEntry("login", "cashier")
        .containsEntry("passcode", "p:ss")
        .containsEntry("heart-beat", "10000,10000");
  }

  @Test
  void anEmptyPathSelectsTheVirtualHostThatRabbitMqHasByDefault() throws Exception {
    BlockingQueue<Frame> connects = new LinkedBlockingQueue<>();
    broker.onConnection(peer -> connects.add(peer.handshake("1.2")));
    builder(broker.uri() + "/").connect().close();
    broker.assertScriptsDone();

    assertThat(connects.remove().header("host")).isEqualTo("/");
  }

  @Test
  void aRefusedLoginGivesTheBrokersWordsAndNeverThePasscode() {
    broker.onConnection(
        peer -> {
          peer.expect("CONNECT");
          // The socket stays open, as RabbitMQ leaves it for 10 s.
          peer.send("ERROR\nmessage:Bad CONNECT\n\nAccess refused for user 'op'\n^@");
          peer.expectEnd();
        });

    assertThatThrownBy(() -> builder(broker.uri()).credentials("op", "s3cret").connect())
        .isInstanceOf(BrokerErrorException.class)
        .hasMessageContaining("Bad CONNECT: Access refused for user 'op'")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void aSilentBrokerIsLeftAfterTheLimit() {
    broker.onConnection(peer -> peer.expectEnd());

    assertThatThrownBy(
            () ->
                builder(broker.uri())
                    .timeouts(Timeouts.defaults().withConnect(Duration.ofMillis(200)))
                    .connect())
        .isInstanceOf(StompTimeoutException.class)
        .hasMessageContaining("did not answer CONNECT within 200ms");
  }

  @Test
  void aBrokerThatHangsUpInsteadOfAnsweringIsReportedAtOnce() {
    broker.onConnection(
        peer -> {
          peer.expect("CONNECT");
          peer.close();
        });

    assertThatThrownBy(() -> builder(broker.uri()).connect())
        .isInstanceOf(ConnectionLostException.class)
        .hasMessageContaining("hung up before CONNECTED");
  }

  @Test
  void everyBrokerOfTheListIsTriedOnceAtStartUp() throws Exception {
    try (ScriptedBroker dead = ScriptedBroker.start()) {
      broker.onConnection(
          peer -> {
            peer.handshake("1.2");
            peer.receiptFor(peer.expect("DISCONNECT"));
          });
      String uri = "failover:(" + dead.uri() + "," + broker.uri() + ")?randomize=false";
      try (StompClient client = builder(uri).connect()) {
        assertThat(client.toString()).contains(":" + broker.port());
      }
    }
    broker.assertScriptsDone();
  }

  @Test
  void aMessageIsAcknowledgedWhenTheHandlerHasReturnedAndNotBefore() throws Exception {
    CountDownLatch finish = new CountDownLatch(1);
    BlockingQueue<String> order = new LinkedBlockingQueue<>();
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame subscribe = peer.expect("SUBSCRIBE");
          assertThat(subscribe.header("ack")).isEqualTo("client-individual");
          peer.receiptFor(subscribe);
          peer.message(subscribe, "a:1", "x");
          // Whatever the client wrote before this SEND would come first.
          peer.expect("SEND");
          finish.countDown();
          order.add(peer.expect("ACK").require("id"));
        });
    try (StompClient client = builder(broker.uri()).connect()) {
      client.subscribe(
          "/queue/a",
          delivery -> {
            client.send("/queue/log", "in the handler");
            finish.await();
            order.add("handled");
          });
      broker.assertScriptsDone();
    }
    assertThat(order).containsExactly("handled", "a:1");
  }

  @ParameterizedTest
  @CsvSource({"1.2,NACK", "1.1,NACK", "1.0,SEND"})
  void aMessageWhoseHandlerThrowsIsRefusedWhereTheVersionCan(String version, String next)
      throws Exception {
    AtomicReference<String> after = new AtomicReference<>();
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed(version);
          peer.message(subscribe, "1", "x");
          after.set(peer.next().orElseThrow().command().name());
        });
    try (StompClient client = builder(broker.uri()).connect()) {
      CountDownLatch told = new CountDownLatch(1);
      client.subscribe(
          "/queue/a",
          // Hears of it when the message was refused; the counter moves before.
          SubscribeOptions.defaults().onError((from, failed, cause) -> told.countDown()),
          delivery -> {
            throw new IllegalStateException("on purpose");
          });
      assertThat(told.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(client.received().handlerFailures()).isEqualTo(1);
      client.send("/queue/x", "afterwards");
      broker.assertScriptsDone();
    }
    assertThat(after).hasValue(next);
  }

  @Test
  void aFailingHandlerDoesNotKeepTheNextMessageAway() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "1", "bad");
          peer.message(subscribe, "2", "good");
          assertThat(peer.expect("NACK").require("id")).isEqualTo("1");
          assertThat(peer.expect("ACK").require("id")).isEqualTo("2");
        });
    try (StompClient client = builder(broker.uri()).connect()) {
      client.subscribe(
          "/queue/a",
          delivery -> {
            if (delivery.text().equals("bad")) {
              throw new StackOverflowError("on purpose");
            }
          });
      broker.assertScriptsDone();
    }
  }

  @Test
  void aSlowHandlerDoesNotHoldUpOtherSubscriptionsOrReceipts() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame a = peer.expect("SUBSCRIBE");
          peer.receiptFor(a);
          Frame b = peer.expect("SUBSCRIBE");
          peer.receiptFor(b);
          for (int i = 0; i < 50; i++) {
            peer.message(a, "a" + i, "for the slow one");
          }
          peer.message(b, "b1", "for the quick one");
          peer.expect("ACK");
          peer.receiptFor(peer.expect("SEND"));
          peer.expectEnd();
        });
    try (StompClient client = builder(broker.uri()).connect()) {
      client.subscribe("/queue/a", delivery -> slow.await());
      Subscription quick = client.subscribe("/queue/b");

      Delivery delivery = quick.receive(LIMIT).orElseThrow();
      assertThat(delivery.text()).isEqualTo("for the quick one");
      delivery.ack();
      client.sendConfirmed(Outgoing.to("/queue/x")).await(LIMIT);
      slow.countDown();
    }
    broker.assertScriptsDone();
  }

  @Test
  void asManyMessagesAsFitWaitAndNoneIsLostWhenReadingIsPaused() throws Exception {
    int messages = 500;
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          for (int i = 0; i < messages; i++) {
            peer.message(subscribe, "m" + i, "" + i);
          }
          peer.expectEnd();
        });
    try (StompClient client =
        builder(broker.uri()).bounds(Bounds.defaults().withIncoming(10, 1000)).connect()) {
      Subscription subscription =
          client.subscribe("/queue/a", SubscribeOptions.defaults().with(Acknowledgement.BROKER));
      List<String> received = new ArrayList<>();
      for (int i = 0; i < messages; i++) {
        received.add(subscription.receive(LIMIT).orElseThrow().text());
      }
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < messages; i++) {
        expected.add("" + i);
      }
      assertThat(received).isEqualTo(expected);
    }
  }

  @Test
  void cumulativeAcknowledgementsNeverGoBack() throws Exception {
    BlockingQueue<String> acks = new LinkedBlockingQueue<>();
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame subscribe = peer.expect("SUBSCRIBE");
          assertThat(subscribe.header("ack")).isEqualTo("client");
          peer.receiptFor(subscribe);
          for (int i = 1; i <= 3; i++) {
            peer.message(subscribe, "m" + i, "" + i);
          }
          acks.add(peer.expect("ACK").require("id"));
          peer.expect("SEND");
        });
    try (StompClient client = builder(broker.uri()).connect()) {
      Subscription subscription =
          client.subscribe(
              "/queue/a",
              SubscribeOptions.defaults().with(Acknowledgement.BATCHED).withPrefetch(3));
      List<Delivery> deliveries = new ArrayList<>();
      await().atMost(LIMIT).until(() -> client.received().messages() == 3);
      for (int i = 0; i < 3; i++) {
        deliveries.add(subscription.receive(LIMIT).orElseThrow());
      }

      assertThat(deliveries.get(2).ack()).isEqualTo(AckResult.SENT);
      assertThat(deliveries.get(0).ack()).isEqualTo(AckResult.COVERED);
      client.send("/queue/x", "end");
      broker.assertScriptsDone();
      assertThat(acks).containsExactly("m3");
    }
  }

  @Test
  void aSecondAcknowledgementIsRefused() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "1", "x");
          peer.expectEnd();
        });
    try (StompClient client = builder(broker.uri()).connect()) {
      Delivery delivery = client.subscribe("/queue/a").receive(LIMIT).orElseThrow();
      delivery.ack();

      assertThatThrownBy(delivery::nack)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("was acknowledged or refused before");
    }
  }

  @Test
  void aReceiptThatNeverComesEndsInUnknownAndLeavesOthersAlone() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expect("SEND");
          peer.receiptFor(peer.expect("SEND"));
          peer.expectEnd();
        });
    Timeouts timeouts = quick().withDelivery(Duration.ofMillis(300));
    try (StompClient client = builder(broker.uri()).timeouts(timeouts).connect()) {
      Confirmation swallowed = client.sendConfirmed(Outgoing.to("/queue/x").text("1"));
      Confirmation answered = client.sendConfirmed(Outgoing.to("/queue/x").text("2"));

      assertThat(answered.awaitOutcome(LIMIT)).isInstanceOf(Outcome.Confirmed.class);
      assertThat(swallowed.awaitOutcome(LIMIT)).isInstanceOf(Outcome.Unknown.class);
      assertThat(client.state()).isEqualTo(ClientState.CONNECTED);
      assertThat(client.sends()).isEqualTo(new SendCounts(1, 0, 1, 0, 0));
    }
  }

  @Test
  void aFullWindowMakesTheCallerWaitAndThenFail() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expectEnd();
        });
    Timeouts timeouts = quick().withSpace(Duration.ofMillis(200));
    try (StompClient client =
        builder(broker.uri())
            .timeouts(timeouts)
            .bounds(Bounds.defaults().withUnconfirmed(2))
            .connect()) {
      client.sendConfirmed(Outgoing.to("/queue/x"));
      client.sendConfirmed(Outgoing.to("/queue/x"));

      assertThatThrownBy(() -> client.sendConfirmed(Outgoing.to("/queue/x")))
          .isInstanceOf(StompTimeoutException.class)
          .hasMessageContaining("2 sends for their confirmation");
    }
  }

  @Test
  void interruptingACallerThatWaitsForRoomSendsNothingAndLeavesTheConnectionAlone()
      throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame first = peer.expect("SEND");
          assertThat(peer.expect("SEND").text()).isEqualTo("after");
          peer.receiptFor(first);
        });
    try (StompClient client =
        builder(broker.uri()).bounds(Bounds.defaults().withUnconfirmed(1)).connect()) {
      client.sendConfirmed(Outgoing.to("/queue/x").text("first"));
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread caller =
          new Thread(
              () -> {
                try {
                  client.sendConfirmed(Outgoing.to("/queue/x").text("interrupted"));
                } catch (RuntimeException e) {
                  thrown.set(e);
                }
              });
      caller.start();
      await().atMost(LIMIT).until(() -> caller.getState() == Thread.State.TIMED_WAITING);
      caller.interrupt();
      caller.join(LIMIT.toMillis());
      client.send("/queue/x", "after");

      assertThat(thrown.get()).isInstanceOf(CancellationException.class);
      broker.assertScriptsDone();
    }
  }

  @Test
  void heartBeatsAreSentWhileNothingElseIs() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2", "0,100");
          for (int i = 0; i < 3; i++) {
            peer.expectHeartBeat();
          }
        });
    try (StompClient client =
        builder(broker.uri()).offer(Offer.standard().with(new HeartBeat(50, 0))).connect()) {
      broker.assertScriptsDone();
      assertThat(client.state()).isEqualTo(ClientState.CONNECTED);
    }
  }

  @Test
  void whatTheVersionCannotCarryIsRefusedAtTheCallAndNothingIsSent() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.1");
          assertThat(peer.expect("SEND").text()).isEqualTo("good");
        });
    try (StompClient client = builder(broker.uri()).connect()) {
      assertThatThrownBy(() -> client.send(Outgoing.to("/queue/x").text("bad").header("h", "a\rb")))
          .isInstanceOf(IllegalFrameException.class)
          .hasMessageContaining("U+000D");
      client.send("/queue/x", "good");
      broker.assertScriptsDone();
    }
  }

  @Test
  void whatOnlyTheNextConnectionCannotCarryFailsAloneAndIsCounted() throws Exception {
    CountDownLatch down = new CountDownLatch(1);
    CountDownLatch sent = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.reset();
        });
    broker.onConnection(
        peer -> {
          peer.expect("CONNECT");
          sent.await();
          peer.send("CONNECTED\nversion:1.0\n\n^@");
          assertThat(peer.expect("SEND").text()).isEqualTo("good");
        });
    try (StompClient client =
        StompClient.builder(broker.uri())
            .timeouts(quick())
            .onStateChange(
                change -> {
                  if (change.to() == ClientState.RECOVERING) {
                    down.countDown();
                  }
                })
            .connect()) {
      down.await();
      client.send(Outgoing.to("/queue/x").text("bad").header("h", "a\nb"));
      client.send("/queue/x", "good");
      sent.countDown();
      broker.assertScriptsDone();

      assertThat(client.sends()).isEqualTo(new SendCounts(0, 0, 0, 1, 0));
    }
  }

  @Test
  void aSendThatNeverWaitsSaysWhetherThereIsRoom() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          assertThat(peer.expect("SEND").text()).isEqualTo("fits");
        });
    try (StompClient client = builder(broker.uri()).connect()) {
      assertThat(client.trySend(Outgoing.to("/queue/x").text("fits"))).isTrue();
      broker.assertScriptsDone();
    }
  }

  @Test
  void closingWaitsForConfirmationsAndSaysGoodbye() throws Exception {
    CountDownLatch closing = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame send = peer.expect("SEND");
          closing.await();
          peer.receiptFor(send);
          peer.receiptFor(peer.expect("DISCONNECT"));
          peer.expectEnd();
        });
    StompClient client =
        builder(broker.uri())
            .onStateChange(
                change -> {
                  if (change.to() == ClientState.DRAINING) {
                    closing.countDown();
                  }
                })
            .connect();
    Confirmation confirmation = client.sendConfirmed(Outgoing.to("/queue/x"));
    CloseReport report = client.close(LIMIT);

    assertThat(report)
        .isEqualTo(new CloseReport(new SendCounts(1, 0, 0, 0, 0), true, Optional.empty()));
    assertThat(confirmation.outcome()).containsInstanceOf(Outcome.Confirmed.class);
    assertThat(client.close(LIMIT)).isEqualTo(report);
    assertThatThrownBy(() -> client.send("/queue/x", "late"))
        .isInstanceOf(ConnectionLostException.class)
        .hasMessageContaining("the client is closed");
    broker.assertScriptsDone();
  }

  @Test
  void closingWithUnconfirmedSendsAndADeadBrokerEndsAtTheLimitWithCountsThatAddUp()
      throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expectEnd();
        });
    StompClient client = builder(broker.uri()).connect();
    for (int i = 0; i < 500; i++) {
      client.sendConfirmed(Outgoing.to("/queue/x"));
    }
    long start = System.nanoTime();
    CloseReport report = client.close(Duration.ofMillis(300));
    Duration took = Duration.ofNanos(System.nanoTime() - start);

    assertThat(report.drained()).isFalse();
    assertThat(client.sends().unknown() + client.sends().notSent()).isEqualTo(500);
    assertThat(took).isBetween(Duration.ofMillis(300), Duration.ofSeconds(2));
  }

  @Test
  void aHandlerMayCloseItsClient() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "1", "x");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    CompletableFuture<CloseReport> report = new CompletableFuture<>();
    StompClient client = builder(broker.uri()).connect();
    client.subscribe("/queue/a", delivery -> report.complete(client.close(LIMIT)));

    await().atMost(LIMIT).until(() -> client.state() == ClientState.CLOSED);
    assertThat(report).succeedsWithin(LIMIT).returns(true, CloseReport::drained);
    broker.assertScriptsDone();
  }

  @Test
  void noThreadRemainsAfterClosing() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2", "1000,1000");
          Frame subscribe = peer.expect("SUBSCRIBE");
          peer.receiptFor(subscribe);
          peer.message(subscribe, "1", "x");
          peer.expect("ACK");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    AtomicInteger handled = new AtomicInteger();
    try (StompClient client = builder(broker.uri()).connect()) {
      client.subscribe("/queue/a", delivery -> handled.incrementAndGet());
      await().atMost(LIMIT).until(() -> handled.get() == 1);
    }
    broker.assertScriptsDone();
    broker.close();

    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("stompbox-")));
  }

  @Test
  void aTransactionThatIsLostBeforeItsCommitIsRolledBackAndOneLostAfterIsInDoubt()
      throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          String id = peer.expect("BEGIN").require("transaction");
          assertThat(peer.expect("SEND").header("transaction")).isEqualTo(id);
          peer.reset();
        });
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expect("BEGIN");
          peer.expect("COMMIT");
          peer.reset();
        });
    try (StompClient client = StompClient.builder(broker.uri()).timeouts(quick()).connect()) {
      Transaction lost = client.begin();
      lost.send("/queue/x", "1");
      await().atMost(LIMIT).until(() -> client.epoch() == 2);
      assertThatThrownBy(lost::commit).isInstanceOf(TransactionRolledBackException.class);

      Transaction doubtful = client.begin();
      assertThatThrownBy(doubtful::commit)
          .isInstanceOf(TransactionInDoubtException.class)
          .hasMessageContaining("no receipt came");
      assertThatThrownBy(() -> doubtful.send("/queue/x", "2"))
          .isInstanceOf(IllegalStateException.class);
    }
    broker.assertScriptsDone();
  }

  @Test
  void workThatThrowsAbortsItsTransaction() throws Exception {
    Set<String> frames = Collections.synchronizedSet(new LinkedHashSet<>());
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          for (int i = 0; i < 3; i++) {
            frames.add(peer.next().orElseThrow().command().name());
          }
        });
    try (StompClient client = builder(broker.uri()).connect()) {
      assertThatThrownBy(
              () ->
                  client.inTransaction(
                      tx -> {
                        tx.send("/queue/x", "1");
                        throw new IllegalArgumentException("on purpose");
                      }))
          .hasMessage("on purpose");
      broker.assertScriptsDone();
    }
    assertThat(frames).containsExactly("BEGIN", "SEND", "ABORT");
  }

  @Test
  void aRefusedSubscribeFailsAndIsNotMadeAgain() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expect("SUBSCRIBE");
          // As RabbitMQ does it: no receipt-id.
          peer.send("ERROR\nmessage:not_found\n\nno such exchange\n^@");
          peer.expectEnd();
        });
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          assertThat(peer.next().orElseThrow().command().name()).isEqualTo("SEND");
        });
    try (StompClient client = StompClient.builder(broker.uri()).timeouts(quick()).connect()) {
      assertThatThrownBy(() -> client.subscribe("/exchange/none/x"))
          .isInstanceOf(BrokerErrorException.class)
          .hasMessageContaining("not_found: no such exchange");
      client.send("/queue/x", "on the next connection");
      broker.assertScriptsDone();
    }
  }

  @Test
  void onlyTheVersionsThatWereAskedForAreOffered() throws Exception {
    BlockingQueue<Frame> connects = new LinkedBlockingQueue<>();
    broker.onConnection(peer -> connects.add(peer.handshake("1.2")));

    assertThatThrownBy(
            () ->
                builder(broker.uri())
                    .offer(Offer.standard().with(EnumSet.of(Version.V1_0, Version.V1_1)))
                    .connect())
        .hasMessageContaining("chose version '1.2'");
    broker.assertScriptsDone();
    assertThat(connects.remove().header("accept-version")).isEqualTo("1.0,1.1");
  }

  /** A client that does not reconnect, so that nothing hides behind a second connection. */
  private static StompClientBuilder builder(String uri) {
    return StompClient.builder(uri).reconnect(ReconnectPolicy.never()).timeouts(quick());
  }

  private static Timeouts quick() {
    return Timeouts.defaults().withClose(Duration.ofMillis(300));
  }
}
