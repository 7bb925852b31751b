package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stompbox.client.transport.TransportFactory;
import io.stompbox.protocol.failover.BackOff;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.failover.FailoverUri;
import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.session.HeartBeat;
import io.stompbox.protocol.session.HeartBeatTolerance;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.ScriptedBroker;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a client does when things go wrong at an awkward moment, or several at once. */
class AdversityTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  @Test
  void aFailedMessageThatCannotBeRefusedDoesNotKeepTheNextOneAway() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          String head = "MESSAGE\nsubscription:" + subscribe.require("id") + "\nmessage-id:1\n";
          // There is no ack header, so neither ACK nor NACK is possible.
          peer.send(head + "destination:/queue/a\n\none^@");
          peer.message(subscribe, "2", "two");
          assertThat(peer.expect("ACK").require("id")).isEqualTo("2");
        });
    try (StompClient client = fast(broker.uri()).connect()) {
      client.subscribe(
          "/queue/a",
          delivery -> {
            if (delivery.text().equals("one")) {
              throw new IllegalStateException("on purpose");
            }
          });
      broker.assertScriptsDone();

      assertThat(client.received().handlerFailures()).isEqualTo(1);
    }
  }

  @Test
  void anInterruptThatAHandlerLeavesBehindDoesNotReachTheNextMessage() throws Exception {
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame subscribe = peer.expect("SUBSCRIBE");
          peer.send(message(subscribe, "1") + message(subscribe, "2"));
          peer.receiptFor(subscribe);
          peer.expectEnd();
        });
    CountDownLatch bothAreHere = new CountDownLatch(1);
    try (StompClient client = fast(broker.uri()).connect()) {
      client.subscribe(
          "/queue/a",
          delivery -> {
            if (delivery.text().equals("2")) {
              interrupted.complete(Thread.currentThread().isInterrupted());
            } else {
              awaitPlainly(bothAreHere);
              Thread.currentThread().interrupt();
            }
          });
      bothAreHere.countDown();

      assertThat(interrupted).succeedsWithin(LIMIT).isEqualTo(false);
    }
  }

  @Test
  void twoHandlersMayCloseTheClientAtOnce() throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    BlockingQueue<CloseReport> reports = new LinkedBlockingQueue<>();
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame first = peer.expect("SUBSCRIBE");
          peer.receiptFor(first);
          Frame second = peer.expect("SUBSCRIBE");
          peer.receiptFor(second);
          peer.send(message(first, "1") + message(second, "2"));
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    StompClient client = fast(broker.uri()).connect();
    MessageHandler closing =
        delivery -> {
          both.await();
          reports.add(client.close(Duration.ofMinutes(1)));
        };
    client.subscribe("/queue/a", closing);
    client.subscribe("/queue/b", closing);

    CloseReport report = reports.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
    assertThat(report).isNotNull().returns(true, CloseReport::drained);
    assertThat(reports.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(report);
    broker.assertScriptsDone();
  }

  @Test
  void aFlushFailsAtOnceWhenTheConnectionIsLostInTheMiddleOfIt() throws Exception {
    CountDownLatch sending = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger sends = new AtomicInteger();
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expect("SEND");
          peer.expectEnd();
        });
    TransportFactory failing =
        address ->
            new WrappedTransport(address) {
              @Override
              public void write(byte[] source, int offset, int length) throws IOException {
                if (source[offset] == 'S' && sends.incrementAndGet() == 1) {
                  sending.countDown();
                  awaitPlainly(goOn);
                } else if (sends.get() > 0) {
                  throw new IOException("on purpose");
                }
                super.write(source, offset, length);
              }
            };
    try (StompClient client =
        fast(broker.uri()).reconnect(ReconnectPolicy.never()).connect(over(failing)).connect()) {
      client.send("/queue/x", "holds the writer up");
      awaitPlainly(sending);
      client.send("/queue/x", "is in one write with the mark of flush");
      FutureTask<Boolean> flush = new FutureTask<>(() -> flushed(client));
      Thread flusher = new Thread(flush);
      flusher.start();
      await().atMost(LIMIT).until(() -> flusher.getState() == Thread.State.TIMED_WAITING);
      goOn.countDown();

      assertThat(flush.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isFalse();
    }
  }

  /** True if it was, false if the connection was lost. */
  private static boolean flushed(StompClient client) throws InterruptedException {
    try {
      client.flush(Duration.ofMinutes(1));
      return true;
    } catch (ConnectionLostException e) {
      return false;
    }
  }

  @Test
  void aSlowNetworkIsNotTakenForOneThatTakesNothing() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.receiptFor(peer.expect("SEND"));
        });
    // 20 MB/s: the frame takes four times as long as the network may take no octet.
    TransportFactory slow =
        address ->
            new WrappedTransport(address) {
              @Override
              public void write(byte[] source, int offset, int length) throws IOException {
                LockSupport.parkNanos(50L * length);
                super.write(source, offset, length);
              }
            };
    try (StompClient client =
        fast(broker.uri())
            .connect(over(slow))
            .timeouts(quick().withWriteStall(Duration.ofMillis(100)))
            .connect()) {
      Confirmation large =
          client.sendConfirmed(Outgoing.to("/queue/x").bytes(new byte[8 * 1024 * 1024]));

      assertThat(large.await(LIMIT)).isEqualTo(new Outcome.Confirmed(1, 1, false));
    }
  }

  @Test
  void aLateEndOfOneConnectionLeavesTheNextOneAlone() throws Exception {
    CountDownLatch isClosing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger made = new AtomicInteger();
    broker.onConnection(
        peer -> {
          peer.handshake("1.2", "100,0");
          peer.expectEnd();
        });
    broker.onConnection(
        peer -> {
          peer.handshake("1.2", "0,0");
          peer.expect("BEGIN");
        });
    TransportFactory slowToClose =
        address ->
            new WrappedTransport(address) {
              private final int number = made.incrementAndGet();

              @Override
              public void write(byte[] source, int offset, int length) throws IOException {
                if (number == 1 && source[offset] == 'S') {
                  throw new IOException("on purpose");
                }
                super.write(source, offset, length);
              }

              @Override
              public void close() {
                super.close();
                if (number == 1) {
                  isClosing.countDown();
                  awaitPlainly(goOn);
                }
              }
            };
    try (StompClient client =
        fast(broker.uri())
            .connect(over(slowToClose))
            .timeouts(quick().withReceipt(Duration.ofSeconds(1)))
            .offer(
                Offer.standard()
                    .with(new HeartBeat(0, 100))
                    .with(new HeartBeatTolerance(0.5, 2, Duration.ZERO)))
            .connect()) {
      awaitPlainly(isClosing);
      // Lets the writer end by itself, while the timer is still busy with ending the connection.
      client.send("/queue/x", "lost");
      await().atMost(LIMIT).until(() -> client.epoch() == 2);
      goOn.countDown();
      await().atMost(LIMIT).until(AdversityTest::nothingIsEnding);

      assertThat(client.begin().id()).isNotEmpty();
      broker.assertScriptsDone();
    }
  }

  private static boolean nothingIsEnding() {
    return Thread.getAllStackTraces().keySet().stream()
        .noneMatch(thread -> thread.getName().startsWith("stompbox-ending"));
  }

  @Test
  void anErrorThatNamesNothingDuringRecoveryEndsNoSubscriptionTheFirstTime() throws Exception {
    broker.onConnection(
        peer -> {
          peer.subscribed("1.2");
          peer.receiptFor(peer.expect("SUBSCRIBE"));
          peer.reset();
        });
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expect("SUBSCRIBE");
          peer.expect("SUBSCRIBE");
          peer.send("ERROR\nmessage:the broker stops\n\n^@");
          peer.expectEnd();
        });
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame first = peer.expect("SUBSCRIBE");
          Frame second = peer.expect("SUBSCRIBE");
          peer.send(message(first, "for a") + message(second, "for b"));
          peer.expectEnd();
        });
    try (StompClient client = fast(broker.uri()).connect()) {
      Subscription first = client.subscribe("/queue/a");
      Subscription second = client.subscribe("/queue/b");

      assertThat(first.receive(LIMIT)).map(Delivery::text).hasValue("for a");
      assertThat(second.receive(LIMIT)).map(Delivery::text).hasValue("for b");
    }
  }

  @Test
  void aSubscriptionThatIsRefusedWithoutBeingNamedEndsAloneOnTheSecondTry() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          for (int i = 0; i < 3; i++) {
            peer.receiptFor(peer.expect("SUBSCRIBE"));
          }
          peer.reset();
        });
    for (int i = 0; i < 2; i++) {
      broker.onConnection(
          peer -> {
            peer.subscribed("1.2");
            peer.expect("SUBSCRIBE");
            peer.expect("SUBSCRIBE");
            peer.send("ERROR\nmessage:access_refused\n\n^@");
            peer.expectEnd();
          });
    }
    BlockingQueue<String> left = new LinkedBlockingQueue<>();
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          left.add(peer.expect("SUBSCRIBE").require("destination"));
          left.add(peer.expect("SUBSCRIBE").require("destination"));
          left.add(peer.expect("SEND").require("destination"));
        });
    try (StompClient client = fast(broker.uri()).connect()) {
      client.subscribe("/queue/a");
      Subscription refused = client.subscribe("/queue/b");
      client.subscribe("/queue/c");

      assertThatThrownBy(() -> refused.receive(LIMIT))
          .isInstanceOf(BrokerErrorException.class)
          .hasMessageContaining("access_refused");
      await().atMost(LIMIT).until(() -> client.epoch() == 4);
      client.send("/queue/x", "behind the subscriptions");
      broker.assertScriptsDone();
      assertThat(left).containsExactly("/queue/a", "/queue/c", "/queue/x");
    }
  }

  @Test
  void aTransactionRefusesAtTheCallWhatItsVersionCannotCarry() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.0");
          peer.expect("BEGIN");
          peer.expect("ABORT");
        });
    try (StompClient client = fast(broker.uri()).connect()) {
      assertThatThrownBy(
              () ->
                  client.inTransaction(
                      tx -> tx.send(Outgoing.to("/queue/x").header("note", "two\nlines"))))
          .isInstanceOf(IllegalFrameException.class);
      broker.assertScriptsDone();
    }
  }

  @Test
  void aSubscriptionRefusesAtTheCallWhatTheVersionCannotCarry() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.0");
          peer.expect("SEND");
        });
    try (StompClient client = fast(broker.uri()).connect()) {
      assertThatThrownBy(() -> client.subscribe("/queue/two\nlines"))
          .isInstanceOf(IllegalFrameException.class);
      client.send("/queue/x", "the first frame");
      broker.assertScriptsDone();
    }
  }

  @Test
  void aSubscriptionThatTheNextBrokersVersionCannotCarryFailsInsteadOfFallingSilent()
      throws Exception {
    broker.onConnection(
        peer -> {
          peer.subscribed("1.2");
          peer.reset();
        });
    broker.onConnection(
        peer -> {
          peer.handshake("1.0");
          peer.expectEnd();
        });
    try (StompClient client = fast(broker.uri()).connect()) {
      Subscription subscription = client.subscribe("/queue/two\nlines");

      assertThatThrownBy(() -> subscription.receive(LIMIT))
          .isInstanceOf(ConnectionLostException.class)
          .hasMessageContaining("1.0");
    }
  }

  @Test
  void aSubscriptionWhoseReceiptNeverComesIsTakenBackAtTheBrokerToo() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame subscribe = peer.expect("SUBSCRIBE");
          assertThat(peer.expect("UNSUBSCRIBE").require("id")).isEqualTo(subscribe.require("id"));
        });
    try (StompClient client =
        fast(broker.uri()).timeouts(quick().withReceipt(Duration.ofMillis(100))).connect()) {
      assertThatThrownBy(() -> client.subscribe("/queue/a"))
          .isInstanceOf(StompTimeoutException.class);
      broker.assertScriptsDone();
    }
  }

  @Test
  void aTransportThatTakesNoNoticeOfItsLimitIsClosed() {
    CountDownLatch isClosed = new CountDownLatch(1);
    TransportFactory stubborn =
        address ->
            new WrappedTransport(address) {
              @Override
              public void open(Duration limit) throws IOException {
                awaitPlainly(isClosed);
                throw new IOException("closed");
              }

              @Override
              public void close() {
                isClosed.countDown();
              }
            };
    ConnectOptions options =
        ConnectOptions.defaults().with(stubborn).with(quick().withConnect(Duration.ofMillis(100)));
    BrokerAddress address = FailoverUri.parse(broker.uri()).brokers().get(0);

    assertThatThrownBy(() -> Connection.open(address, options))
        .isInstanceOf(StompTimeoutException.class)
        .hasMessageContaining("within 100ms");
  }

  @Test
  void sendsWhoseDeadlinePassedWithoutAConnectionTakeNoRoom() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.reset();
        });
    ReconnectPolicy rare =
        ReconnectPolicy.standard()
            .with(
                new BackOff(
                    Duration.ofMinutes(5), Duration.ofMinutes(5), 1, new BackOff.Jitter.None()));
    try (StompClient client =
        fast(broker.uri())
            .reconnect(rare)
            .bounds(Bounds.defaults().withOutgoing(1, 1000))
            .timeouts(quick().withDelivery(Duration.ofMillis(50)))
            .connect()) {
      await().atMost(LIMIT).until(() -> client.state() == ClientState.RECOVERING);
      Confirmation first = client.sendConfirmed(Outgoing.to("/queue/x").text("1"));
      assertThat(first.awaitOutcome(LIMIT)).isInstanceOf(Outcome.NotSent.class);
      assertThat(client.trySend(Outgoing.to("/queue/x").text("2"))).isTrue();
    }
  }

  @Test
  void credentialsThatCannotBeHadLeaveNoSocketBehind() {
    broker.onConnection(Peer::expectEnd);
    AtomicInteger closed = new AtomicInteger();
    TransportFactory counting =
        address ->
            new WrappedTransport(address) {
              @Override
              public void close() {
                closed.incrementAndGet();
                super.close();
              }
            };
    Supplier<Credentials> none =
        () -> {
          throw new IllegalStateException("no token today");
        };
    BrokerAddress address = FailoverUri.parse(broker.uri()).brokers().get(0);

    assertThatThrownBy(
            () -> Connection.open(address, ConnectOptions.defaults().with(counting).with(none)))
        .hasMessageContaining("no token today");
    assertThat(closed).hasPositiveValue();
  }

  @Test
  void anOutcomeCanBeAskedForAfterTheClientWasClosed() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.receiptFor(peer.expect("SEND"));
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    Confirmation confirmation;
    try (StompClient client = fast(broker.uri()).connect()) {
      confirmation = client.sendConfirmed(Outgoing.to("/queue/x").text("1"));
    }

    assertThat(confirmation.stage().toCompletableFuture())
        .succeedsWithin(LIMIT)
        .isEqualTo(new Outcome.Confirmed(1, 1, false));
  }

  @Test
  void inABatchAMessageOfALostConnectionIsStaleAndNeverCoveredByALaterOne() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame subscribe = peer.expect("SUBSCRIBE");
          peer.send(message(subscribe, "1") + message(subscribe, "2"));
          peer.receiptFor(subscribe);
          awaitPlainly(begun);
          peer.reset();
        });
    broker.onConnection(
        peer -> {
          peer.subscribed("1.2");
          peer.expectEnd();
        });
    CountDownLatch bothAreHere = new CountDownLatch(1);
    CountDownLatch isBack = new CountDownLatch(2);
    BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
    try (StompClient client =
        fast(broker.uri())
            .onStateChange(
                change -> {
                  if (change.to() == ClientState.CONNECTED) {
                    isBack.countDown();
                  }
                })
            .connect()) {
      client.subscribe(
          "/queue/a",
          SubscribeOptions.defaults().with(Acknowledgement.BATCHED),
          delivery -> {
            deliveries.add(delivery);
            awaitPlainly(bothAreHere);
            if (delivery.text().equals("2")) {
              begun.countDown();
              awaitPlainly(isBack);
            }
          });
      bothAreHere.countDown();
      await().atMost(LIMIT).until(() -> client.received().staleAcks() == 1);

      assertThat(deliveries.remove().ack()).isEqualTo(AckResult.STALE);
    }
  }

  private static String message(Frame subscribe, String body) {
    return "MESSAGE\nsubscription:"
        + subscribe.require("id")
        + "\nmessage-id:1\nack:1\ndestination:/queue/a\n\n"
        + body
        + "^@";
  }

  private static ConnectOptions over(TransportFactory transports) {
    return ConnectOptions.defaults().with(transports).with(quick());
  }

  private static StompClientBuilder fast(String uri) {
    return StompClient.builder(uri)
        .timeouts(quick())
        .reconnect(
            ReconnectPolicy.standard()
                .with(
                    new BackOff(
                        Duration.ofMillis(1),
                        Duration.ofMillis(10),
                        2,
                        new BackOff.Jitter.None())));
  }

  private static Timeouts quick() {
    return Timeouts.defaults().withClose(Duration.ofMillis(300));
  }

  private static void awaitPlainly(CountDownLatch latch) {
    try {
      if (!latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("waited in vain");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
