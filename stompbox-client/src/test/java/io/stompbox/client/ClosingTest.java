package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * What ends when a client or a subscription is closed or a wait is over, in which order, how soon.
 */
class ClosingTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();
  private final CountDownLatch inHandler = new CountDownLatch(1);
  private final CountDownLatch finish = new CountDownLatch(1);

  @Test
  void aHandlerThatRunsFinishesAndAcknowledgesBeforeTheClientSaysGoodbye() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "1", "x");
          assertThat(peer.expect("ACK").require("id")).isEqualTo("1");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    StompClient client = builder().connect();
    client.subscribe("/queue/a", delivery -> handle());
    inHandler.await();
    FutureTask<CloseReport> report = new FutureTask<>(() -> client.close(LIMIT));
    Thread closer = new Thread(report);
    closer.start();
    await().atMost(LIMIT).until(() -> closer.getState() == Thread.State.TIMED_WAITING);
    finish.countDown();

    assertThat(report.get(LIMIT.toSeconds(), TimeUnit.SECONDS).drained()).isTrue();
    broker.assertScriptsDone();
  }

  @Test
  void aHandlerThatDoesNotFinishHoldsUpClosingNoLongerThanTheLimit() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "1", "x");
          peer.expectEnd();
        });
    StompClient client = builder().connect();
    client.subscribe("/queue/a", delivery -> handle());
    inHandler.await();
    long start = System.nanoTime();

    CloseReport report = client.close(Duration.ofMillis(200));

    assertThat(report.drained()).isFalse();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    finish.countDown();
    broker.assertScriptsDone();
  }

  private void handle() throws InterruptedException {
    inHandler.countDown();
    finish.await();
  }

  @Test
  void aLoopOverASubscriptionEndsWithinASecondOfItsClosing() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "1", "x");
          peer.expect("ACK");
          peer.expect("UNSUBSCRIBE");
        });
    try (StompClient client = builder().connect()) {
      Subscription subscription = client.subscribe("/queue/a");
      assertThat(subscription.isOpen()).isTrue();
      AtomicInteger heard = new AtomicInteger();
      FutureTask<Void> listening =
          new FutureTask<>(() -> subscription.forEach(delivery -> heard.incrementAndGet()), null);
      Thread listener = new Thread(listening);
      listener.start();
      await()
          .atMost(LIMIT)
          .until(() -> heard.get() == 1 && listener.getState() == Thread.State.TIMED_WAITING);

      subscription.close();

      listening.get(1, TimeUnit.SECONDS);
      assertThat(heard).hasValue(1);
      assertThat(subscription.isOpen()).isFalse();
      broker.assertScriptsDone();
    }
  }

  @Test
  void aPullThatGetsNothingIsEmptyAfterItsLimit() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.expect("SEND");
          peer.message(subscribe, "1", "x");
          peer.expectEnd();
        });
    try (StompClient client = builder().connect()) {
      Subscription subscription = client.subscribe("/queue/a");
      long start = System.nanoTime();

      assertThat(subscription.receive(Duration.ofMillis(200))).isEmpty();

      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(200), Duration.ofSeconds(5));
      client.send("/queue/b", "now");
      assertThat(subscription.receive(LIMIT)).map(Delivery::text).hasValue("x");
    }
  }

  private StompClientBuilder builder() {
    return StompClient.builder(broker.uri())
        .reconnect(ReconnectPolicy.never())
        .timeouts(Timeouts.defaults().withClose(Duration.ofMillis(300)));
  }
}
