package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.session.HeartBeat;
import io.stompbox.protocol.session.HeartBeatTolerance;
import io.stompbox.testkit.ManualClock;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What happens while a program takes messages more slowly than they come. */
class FlowControlTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final SubscribeOptions DEFAULTS = SubscribeOptions.defaults();

  /** Three messages may wait in a subscription. */
  private static final Bounds THREE = Bounds.defaults().withIncoming(3, 1000);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  @Test
  void aPausedHandlerGetsNothingUntilItGoesOn() throws Exception {
    BlockingQueue<String> handled = new LinkedBlockingQueue<>();
    CountDownLatch acknowledged = new CountDownLatch(1);
    CountDownLatch paused = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          Frame subscribe = subscribed(peer);
          peer.message(subscribe, "1", "before");
          peer.expect("ACK");
          acknowledged.countDown();
          paused.await();
          peer.message(subscribe, "2", "during");
          peer.receiptFor(peer.expect("SEND"));
          peer.expect("ACK");
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      Subscription subscription =
          client.subscribe("/queue/a", delivery -> handled.add(delivery.text()));
      assertThat(handled.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo("before");
      acknowledged.await();
      subscription.pause();
      paused.countDown();
      client.sendConfirmed(Outgoing.to("/queue/x")).await(LIMIT);
      assertThat(client.received().messages()).isEqualTo(2);
      assertThat(handled).isEmpty();

      subscription.resume();

      assertThat(handled.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo("during");
      broker.assertScriptsDone();
    }
  }

  @Test
  void aReceiptMakesRoomForAHandlerAlthoughMessagesBehindItFillItsQueue() throws Exception {
    CountDownLatch handled = new CountDownLatch(1 + 4);
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "0", "0");
          // The handler waits for room now, which only the receipt can make.
          Frame first = peer.expect("SEND");
          peer.send(
              "RECEIPT\nreceipt-id:"
                  + first.require("receipt")
                  + "\n\n\0"
                  + IntStream.rangeClosed(1, 4)
                      .mapToObj(i -> message(subscribe, i))
                      .collect(Collectors.joining()));
          for (int i = 1; i < 10; i++) {
            peer.receiptFor(peer.expect("SEND"));
          }
        });
    try (StompClient client =
        Clients.fast(broker.uri()).bounds(THREE.withUnconfirmed(1)).connect()) {
      client.subscribe(
          "/queue/a",
          DEFAULTS.with(Acknowledgement.BROKER),
          delivery -> {
            client.sendConfirmed(Outgoing.to("/queue/b"));
            client.sendConfirmed(Outgoing.to("/queue/b"));
            handled.countDown();
          });

      assertThat(handled.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      broker.assertScriptsDone();
    }
  }

  @Test
  void messagesOfOneReadReachEachOfTheirSubscriptions() throws Exception {
    BlockingQueue<String> handled = new LinkedBlockingQueue<>();
    CountDownLatch subscribed = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          Frame first = peer.subscribed("1.2");
          Frame second = peer.expect("SUBSCRIBE");
          peer.receiptFor(second);
          subscribed.await();
          peer.send(
              message(first, 1) + message(second, 2) + message(first, 3) + message(second, 4));
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      SubscribeOptions how = DEFAULTS.with(Acknowledgement.BROKER);
      client.subscribe("/queue/a", how, delivery -> handled.add(delivery.text()));
      Subscription pulled = client.subscribe("/queue/b", how);
      subscribed.countDown();

      assertThat(pulled.receive(LIMIT).map(Delivery::text)).contains("2");
      assertThat(pulled.receive(LIMIT).map(Delivery::text)).contains("4");
      assertThat(handled.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo("1");
      assertThat(handled.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo("3");
    }
  }

  private static String message(Frame subscribe, int id) {
    return "MESSAGE\nsubscription:"
        + subscribe.require("id")
        + "\nmessage-id:"
        + id
        + "\ndestination:/queue/a\n\n"
        + id
        + "\0";
  }

  @Test
  void aPausedSubscriptionGivesNothingToWhoPulls() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame subscribe = peer.expect("SUBSCRIBE");
          peer.message(subscribe, "1", "x");
          peer.receiptFor(subscribe);
          peer.expectEnd();
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      Subscription subscription = client.subscribe("/queue/a");
      subscription.pause();
      assertThat(subscription.receive(Duration.ofMillis(50))).isEmpty();

      subscription.resume();

      assertThat(subscription.receive(LIMIT)).map(Delivery::text).hasValue("x");
    }
  }

  @Test
  void pausingAcknowledgesWhatABatchWouldHaveWaitedWith() throws Exception {
    CountDownLatch subscribed = new CountDownLatch(1);
    CountDownLatch processed = new CountDownLatch(1);
    CountDownLatch paused = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame subscribe = peer.expect("SUBSCRIBE");
          for (int i = 1; i <= 3; i++) {
            peer.message(subscribe, "" + i, "" + i);
          }
          peer.receiptFor(subscribe);
          assertThat(peer.expect("ACK").require("id")).isEqualTo("1");
          paused.countDown();
          assertThat(peer.expect("ACK").require("id")).isEqualTo("2");
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      Subscription subscription =
          client.subscribe(
              "/queue/a",
              DEFAULTS.with(Acknowledgement.BATCHED),
              delivery -> {
                // The receipt came behind all three, so none is acknowledged for being the last.
                subscribed.await();
                if (delivery.text().equals("2")) {
                  processed.countDown();
                  paused.await();
                }
              });
      subscribed.countDown();
      processed.await();
      subscription.pause();
      broker.assertScriptsDone();
    }
  }

  @Test
  void aPauseOutlastsTheConnection() throws Exception {
    BlockingQueue<String> handled = new LinkedBlockingQueue<>();
    broker.onConnection(
        peer -> {
          subscribed(peer);
          peer.expect("SEND");
          peer.reset();
        });
    broker.onConnection(
        peer -> {
          peer.message(subscribed(peer), "1", "x");
          peer.receiptFor(peer.expect("SEND"));
          peer.expect("ACK");
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      Subscription subscription =
          client.subscribe("/queue/a", delivery -> handled.add(delivery.text()));
      subscription.pause();
      client.send("/queue/x", "lose it");
      await().atMost(LIMIT).until(() -> client.received().messages() == 1);
      client.sendConfirmed(Outgoing.to("/queue/x")).await(LIMIT);
      assertThat(handled).isEmpty();

      subscription.resume();

      assertThat(handled.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo("x");
      broker.assertScriptsDone();
    }
  }

  @Test
  void aFullSubscriptionMayFailForTheSakeOfTheOthers() throws Exception {
    List<String> sent = new CopyOnWriteArrayList<>();
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame full = peer.expect("SUBSCRIBE");
          peer.receiptFor(full);
          Frame other = peer.expect("SUBSCRIBE");
          peer.receiptFor(other);
          for (int i = 1; i <= 10; i++) {
            peer.message(full, "" + i, "" + i);
          }
          peer.message(other, "o", "for the other");
          for (int i = 0; i < 2; i++) {
            Frame frame = peer.next().orElseThrow();
            sent.add(frame.command() + " " + frame.require("id"));
          }
        });
    try (StompClient client = Clients.fast(broker.uri()).bounds(THREE).connect()) {
      Subscription full =
          client.subscribe("/queue/a", DEFAULTS.withId("full").with(WhenFull.FAIL_SUBSCRIPTION));
      BlockingQueue<String> handled = new LinkedBlockingQueue<>();
      client.subscribe("/queue/b", delivery -> handled.add(delivery.text()));

      assertThat(handled.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo("for the other");
      broker.assertScriptsDone();
      assertThat(sent).containsExactlyInAnyOrder("UNSUBSCRIBE full", "ACK o");
      assertThat(full.isOpen()).isFalse();
      assertThatThrownBy(() -> full.receive(LIMIT))
          .isInstanceOf(SubscriptionStoppedException.class)
          .hasMessageContaining("full to /queue/a")
          .hasMessageContaining("more messages wait than");
    }
  }

  /** The bound holds what the prefetch lets come, so the slow one stalls nobody. */
  @Test
  void oneSlowSubscriptionOfTenStallsNoOther() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    CountDownLatch othersDone = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          peer.handshake("1.2", "0,20");
          List<Frame> subscribes = new ArrayList<>();
          for (int i = 0; i < 10; i++) {
            subscribes.add(peer.expect("SUBSCRIBE"));
            peer.receiptFor(subscribes.get(i));
          }
          for (int round = 0; round < 100; round++) {
            for (Frame subscribe : subscribes) {
              peer.message(subscribe, subscribe.require("id") + "-" + round, "x");
            }
          }
          for (int i = 0; i < 900; i++) {
            assertThat(peer.expect("ACK").require("id")).doesNotStartWith("slow");
          }
          othersDone.countDown();
          peer.receiptFor(peer.expect("SEND"));
          for (int i = 0; i < 20; i++) {
            peer.expectHeartBeat();
          }
          slow.countDown();
          for (int i = 0; i < 100; i++) {
            assertThat(peer.expect("ACK").require("id")).isEqualTo("slow-" + i);
          }
        });
    try (StompClient client = beating().connect()) {
      client.subscribe("/queue/slow", DEFAULTS.withId("slow"), delivery -> slow.await());
      IntStream.rangeClosed(1, 9)
          .forEach(i -> client.subscribe("/queue/" + i, DEFAULTS.withId("s" + i), delivery -> {}));
      await().atMost(LIMIT).until(() -> client.received().messages() == 1000);
      // The last message was received before it is acknowledged, and SEND could come between.
      assertThat(othersDone.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      client.sendConfirmed(Outgoing.to("/queue/x")).await(LIMIT);
      broker.assertScriptsDone();

      assertThat(client.epoch()).isEqualTo(1);
    }
  }

  /** Where the queue is full, reading stops: heart-beats go on, and silence is not the broker's. */
  @Test
  void aReaderThatIsHeldUpForManyPeriodsKeepsTheConnection() throws Exception {
    ManualClock clock = new ManualClock();
    Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    CountDownLatch silent = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          peer.handshake("1.2", "60000,60000");
          Frame subscribe = peer.expect("SUBSCRIBE");
          peer.receiptFor(subscribe);
          for (int i = 1; i <= 20; i++) {
            peer.message(subscribe, "" + i, "" + i);
          }
          await().atMost(LIMIT).until(() -> isReaderHeldUp(threads));
          // The broker is silent far beyond the tolerance, but nobody would have heard it.
          for (int i = 0; i < 20; i++) {
            clock.advance(Duration.ofSeconds(40));
            peer.expectHeartBeat();
          }
          silent.countDown();
          for (int i = 1; i <= 20; i++) {
            assertThat(peer.expect("ACK").require("id")).isEqualTo("" + i);
          }
        });
    ConnectOptions moved =
        ConnectOptions.defaults()
            .with(TimeSource.of(clock::nanoTime, clock.timer()))
            // The clock goes on while the writer has yet to say that it has written a heart-beat.
            .with(
                Timeouts.defaults()
                    .withClose(Duration.ofMillis(300))
                    .withWriteStall(Duration.ofDays(1)))
            .withThreads(
                task -> {
                  Thread thread = new Thread(task);
                  threads.add(thread);
                  return thread;
                });
    try (StompClient client =
        Clients.fast(broker.uri())
            .connect(moved)
            .offer(Offer.standard().with(new HeartBeat(60_000, 60_000)))
            .bounds(THREE)
            .connect()) {
      Subscription subscription = client.subscribe("/queue/a");
      assertThat(silent.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      for (int i = 1; i <= 20; i++) {
        subscription.receive(LIMIT).orElseThrow().ack();
      }
      broker.assertScriptsDone();

      assertThat(client.epoch()).isEqualTo(1);
    }
  }

  /** The reader alone waits with a limit: it looks by itself for room. */
  private static boolean isReaderHeldUp(Queue<Thread> threads) {
    return threads.stream().anyMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING);
  }

  private StompClientBuilder beating() {
    return Clients.fast(broker.uri())
        .offer(
            Offer.standard()
                .with(new HeartBeat(20, 20))
                .with(new HeartBeatTolerance(0.5, 2, Duration.ofMillis(500))));
  }

  private static Frame subscribed(Peer peer) {
    Frame subscribe = peer.subscribed("1.2");
    return subscribe;
  }
}
