package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Acknowledgements around the end of a subscription and after failures. */
class AcknowledgementTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  @Test
  void closingASubscriptionLetsItsHandlerFinishAndAcknowledgeFirst() throws Exception {
    CountDownLatch inHandler = new CountDownLatch(1);
    CountDownLatch closing = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "1", "x");
          peer.expect("ACK");
          peer.expect("UNSUBSCRIBE");
        });
    try (StompClient client = connect()) {
      Subscription subscription =
          client.subscribe(
              "/queue/a",
              delivery -> {
                inHandler.countDown();
                closing.await();
              });
      inHandler.await();
      Thread closer = new Thread(subscription::close);
      closer.start();
      closing.countDown();
      closer.join(LIMIT.toMillis());
      broker.assertScriptsDone();
    }
  }

  @Test
  void anAcknowledgementAfterUnsubscribeIsNotWritten() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "1", "x");
          peer.expect("UNSUBSCRIBE");
          peer.expect("SEND");
        });
    try (StompClient client = connect()) {
      Subscription subscription = client.subscribe("/queue/a");
      Delivery delivery = subscription.receive(LIMIT).orElseThrow();
      subscription.close();

      assertThat(delivery.ack()).isEqualTo(AckResult.STALE);
      client.send("/queue/x", "nothing came between");
      broker.assertScriptsDone();
    }
  }

  @Test
  void aMessageThatWasPulledLastIsNotAcknowledgedByClosing() throws Exception {
    AtomicReference<List<String>> frames = new AtomicReference<>();
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "1", "processed");
          peer.message(subscribe, "2", "failed");
          frames.set(
              List.of(
                  peer.expect("ACK").require("id"), peer.next().orElseThrow().command().name()));
        });
    try (StompClient client = connect()) {
      Subscription subscription = client.subscribe("/queue/a");
      assertThatThrownBy(
              () -> {
                try (subscription) {
                  for (Delivery delivery : subscription) {
                    if (delivery.text().equals("failed")) {
                      throw new IllegalStateException("on purpose");
                    }
                  }
                }
              })
          .hasMessage("on purpose");
      broker.assertScriptsDone();
    }
    assertThat(frames.get()).containsExactly("1", "UNSUBSCRIBE");
  }

  @Test
  void aFailureInABatchRefusesOneMessageAndCoversThoseBefore() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame subscribe = peer.expect("SUBSCRIBE");
          for (int i = 1; i <= 4; i++) {
            peer.message(subscribe, "m" + i, "" + i);
          }
          peer.receiptFor(subscribe);
          assertThat(peer.expect("ACK").require("id")).isEqualTo("m2");
          assertThat(peer.expect("NACK").require("id")).isEqualTo("m3");
          assertThat(peer.expect("ACK").require("id")).isEqualTo("m4");
        });
    try (StompClient client = connect()) {
      CountDownLatch subscribed = new CountDownLatch(1);
      client.subscribe(
          "/queue/a",
          SubscribeOptions.defaults().with(Acknowledgement.BATCHED),
          delivery -> {
            // All four are in the queue once the receipt, which came behind them, is here.
            subscribed.await();
            if (delivery.text().equals("3")) {
              throw new IllegalStateException("on purpose");
            }
          });
      subscribed.countDown();
      broker.assertScriptsDone();
    }
  }

  @Test
  void aRefusalThatTheVersionDoesNotHaveLeavesTheMessageToBeAcknowledged() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.0");
          peer.message(subscribe, "1", "x");
          peer.expect("ACK");
        });
    try (StompClient client = connect()) {
      Delivery delivery = client.subscribe("/queue/a").receive(LIMIT).orElseThrow();

      assertThatThrownBy(delivery::nack).isInstanceOf(IllegalArgumentException.class);
      assertThat(delivery.ack()).isEqualTo(AckResult.SENT);
      broker.assertScriptsDone();
    }
  }

  @Test
  void nothingCanBeDoneWithAClosedClient() {
    broker.onConnection(peer -> peer.handshake("1.2"));
    StompClient client = connect();
    client.close();

    assertThatThrownBy(() -> client.subscribe("/queue/a"))
        .isInstanceOf(ConnectionLostException.class)
        .hasMessageContaining("the client is closed");
    assertThatThrownBy(client::begin)
        .isInstanceOf(ConnectionLostException.class)
        .hasMessageContaining("CLOSED");
  }

  private StompClient connect() {
    return StompClient.builder(broker.uri())
        .reconnect(ReconnectPolicy.never())
        .timeouts(Timeouts.defaults().withClose(Duration.ofMillis(300)))
        .connect();
  }
}
