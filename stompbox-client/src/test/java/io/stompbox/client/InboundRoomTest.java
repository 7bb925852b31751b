package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a client does when all its subscriptions together hold as much as it allows. */
class InboundRoomTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String BODY = "x".repeat(400);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();
  private final CountDownLatch full = new CountDownLatch(1);

  @Test
  void readingGoesOnOnceAMessageOfAnotherSubscriptionWasTaken() throws Exception {
    broker.onConnection(this::sendTwoToTheFirstAndOneToTheSecond);
    try (StompClient client = connect()) {
      Subscription first = client.subscribe("/queue/a");
      Subscription second = client.subscribe("/queue/b");
      full.countDown();
      assertThat(second.receive(Duration.ofMillis(300))).isEmpty();

      assertThat(first.receive(LIMIT)).isPresent();

      assertThat(second.receive(LIMIT)).isPresent();
      assertThat(first.receive(LIMIT)).isPresent();
    }
    broker.assertScriptsDone();
  }

  @Test
  void aSubscriptionThatIsClosedGivesItsRoomBack() throws Exception {
    broker.onConnection(this::sendTwoToTheFirstAndOneToTheSecond);
    try (StompClient client = connect()) {
      Subscription first = client.subscribe("/queue/a");
      Subscription second = client.subscribe("/queue/b");
      full.countDown();
      assertThat(second.receive(Duration.ofMillis(300))).isEmpty();

      first.close();

      assertThat(second.receive(LIMIT)).isPresent();
    }
    broker.assertScriptsDone();
  }

  @Test
  void aReaderThatWaitsForRoomEndsWithItsConnection() throws Exception {
    broker.onConnection(this::sendTwoToTheFirstAndOneToTheSecond);
    try (StompClient client = connect()) {
      client.subscribe("/queue/a");
      Subscription second = client.subscribe("/queue/b");
      full.countDown();
      assertThat(second.receive(Duration.ofMillis(300))).isEmpty();

      client.close(Duration.ofMillis(100));

      await().atMost(LIMIT).until(InboundRoomTest::noReaderIsLeft);
    }
  }

  @Test
  void aSubscriptionThatMayFailEndsWhenOthersHoldAllTheRoom() throws Exception {
    broker.onConnection(this::sendTwoToTheFirstAndOneToTheSecond);
    try (StompClient client = connect()) {
      Subscription first = client.subscribe("/queue/a");
      Subscription second =
          client.subscribe(
              "/queue/b", SubscribeOptions.defaults().with(WhenFull.FAIL_SUBSCRIPTION));
      full.countDown();

      await().atMost(LIMIT).until(() -> !second.isOpen());
      assertThat(second.failure()).get().isInstanceOf(SubscriptionStoppedException.class);
      assertThat(first.receive(LIMIT)).isPresent();
      assertThat(first.receive(LIMIT)).isPresent();
    }
    broker.assertScriptsDone();
  }

  private static boolean noReaderIsLeft() {
    return Thread.getAllStackTraces().keySet().stream()
        .noneMatch(thread -> thread.getName().startsWith("stompbox-reader"));
  }

  private void sendTwoToTheFirstAndOneToTheSecond(Peer peer) throws Exception {
    peer.handshake("1.2");
    Frame first = peer.expect("SUBSCRIBE");
    peer.receiptFor(first);
    Frame second = peer.expect("SUBSCRIBE");
    peer.receiptFor(second);
    full.await();
    peer.message(first, "1", BODY);
    peer.message(first, "2", BODY);
    peer.message(second, "3", BODY);
    peer.expectEnd();
  }

  private StompClient connect() {
    return Clients.fast(broker.uri()).bounds(Bounds.defaults().withAllIncoming(1000)).connect();
  }
}
