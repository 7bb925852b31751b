package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was accepted for a broker without limits and meets one that has them after a loss. */
class FailoverLimitsTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** More than ActiveMQ Classic takes in a line. */
  private static final String LONG = "v".repeat(11_000);

  private final ScriptedBroker broker = ScriptedBroker.start();
  private final CountDownLatch accepted = new CountDownLatch(1);

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  @Test
  void whatTheNextBrokerDoesNotTakeIsNotSentToItAndWhatItTakesIs() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.reset();
        });
    broker.onConnection(
        peer -> {
          accepted.await();
          classic(peer);
          Frame small = peer.expect("SEND");
          assertThat(small.text()).isEqualTo("small");
          peer.receiptFor(small);
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      await().atMost(LIMIT).until(() -> client.state() == ClientState.RECOVERING);
      client.send(large());
      Confirmation refused = client.sendConfirmed(large());
      Confirmation taken = client.sendConfirmed(Outgoing.to("/queue/a").text("small"));
      accepted.countDown();

      assertThat(taken.await(LIMIT)).isInstanceOf(Outcome.Confirmed.class);
      assertThat(refused.awaitOutcome(LIMIT))
          .isInstanceOfSatisfying(
              Outcome.NotSent.class,
              outcome ->
                  assertThat(outcome.cause()).hasMessageContaining("the broker takes at most"));
      assertThat(client.sends()).isEqualTo(new SendCounts(1, 0, 0, 2, 0));
      assertThat(client.epoch()).isEqualTo(2);
    }
    broker.assertScriptsDone();
  }

  @Test
  void whatMayHaveArrivedAtTheBrokerBeforeIsUnknown() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expect("SEND");
          peer.reset();
        });
    broker.onConnection(
        peer -> {
          classic(peer);
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      Confirmation refused = client.sendConfirmed(large());

      assertThat(refused.awaitOutcome(LIMIT)).isInstanceOf(Outcome.Unknown.class);
      assertThat(client.sends()).isEqualTo(new SendCounts(0, 0, 1, 0, 0));
    }
    broker.assertScriptsDone();
  }

  @Test
  void aSubscriptionThatTheNextBrokerDoesNotTakeEndsAlone() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.receiptFor(peer.expect("SUBSCRIBE"));
          peer.receiptFor(peer.expect("SUBSCRIBE"));
          accepted.await();
          peer.reset();
        });
    broker.onConnection(
        peer -> {
          classic(peer);
          Frame subscribe = peer.expect("SUBSCRIBE");
          peer.receiptFor(subscribe);
          peer.message(subscribe, "1", "x");
          peer.expect("ACK");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      SubscribeOptions options = SubscribeOptions.defaults();
      Subscription large = client.subscribe("/queue/a", options.withHeader("selector", LONG));
      Subscription small = client.subscribe("/queue/b", options);
      accepted.countDown();

      small.receive(LIMIT).orElseThrow().ack();
      assertThatExceptionOfType(ConnectionLostException.class)
          .isThrownBy(() -> large.receive(LIMIT))
          .withMessageContaining("the broker takes at most");
      assertThat(client.epoch()).isEqualTo(2);
    }
    broker.assertScriptsDone();
  }

  private static void classic(Peer peer) {
    peer.expect("CONNECT");
    peer.send("CONNECTED\nversion:1.2\nserver:ActiveMQ/6.3.1\nheart-beat:0,0\n\n^@");
  }

  private static Outgoing large() {
    return Outgoing.to("/queue/a").text("large").header("h", LONG);
  }
}
