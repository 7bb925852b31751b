package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.stompbox.protocol.codec.DecoderLimits;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import io.stompbox.protocol.session.HeartBeat;
import io.stompbox.testkit.ManualClock;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages that are larger than the client takes, and come again since nobody settles them. */
class OversizedFramesTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String LARGE = "x".repeat(1001);

  private final ScriptedBroker broker = ScriptedBroker.start();
  private final AtomicInteger connections = new AtomicInteger();

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  @Test
  void theClientFailsInsteadOfReconnectingForEver() throws Exception {
    broker.otherwise(this::giveOutALargeMessage);
    try (StompClient client = connect()) {
      Subscription subscription = client.subscribe("/queue/a");

      assertThatExceptionOfType(ProtocolException.class)
          .isThrownBy(() -> subscription.receive(LIMIT))
          .withMessageContaining("3 connections in a row")
          .withMessageContaining("the setting most.bodyOctets")
          .withMessageContaining("largeBodies(LargeBodies.in(folder))")
          .matches(e -> e.fault() == Fault.LIMIT_BODY)
          .matches(e -> e.octets().orElse(0) == 1001);
      assertThat(client.state()).isEqualTo(ClientState.FAILED);
      assertThat(connections).hasValue(3);
    }
  }

  @Test
  void aConnectionThatEndsOtherwiseMeansThatTheMessageIsGone() throws Exception {
    broker.onConnection(this::giveOutALargeMessage);
    broker.onConnection(this::giveOutALargeMessage);
    broker.onConnection(
        peer -> {
          subscribed(peer);
          peer.reset();
        });
    broker.onConnection(this::giveOutALargeMessage);
    broker.onConnection(this::giveOutALargeMessage);
    broker.onConnection(
        peer -> {
          peer.message(subscribed(peer), "1", "small");
          peer.expect("ACK");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    try (StompClient client = connect()) {
      Subscription subscription = client.subscribe("/queue/a");

      subscription.receive(LIMIT).orElseThrow().ack();
      await().atMost(LIMIT).until(() -> client.epoch() == 6);
    }
    broker.assertScriptsDone();
  }

  private void giveOutALargeMessage(Peer peer) {
    connections.incrementAndGet();
    peer.message(subscribed(peer), "1", LARGE);
    peer.expectEnd();
  }

  private static Frame subscribed(Peer peer) {
    peer.handshake("1.2");
    Frame subscribe = peer.expect("SUBSCRIBE");
    peer.receiptFor(subscribe);
    return subscribe;
  }

  private StompClient connect() {
    return Clients.fast(broker.uri()).connect(smallBodies()).connect();
  }

  private static ConnectOptions smallBodies() {
    return ConnectOptions.defaults().with(DecoderLimits.defaults().withBody(1000));
  }

  @Test
  void largeMessagesThatComeNowAndThenAreNotOneThatComesAgain() throws Exception {
    ManualClock clock = new ManualClock();
    Semaphore goOn = new Semaphore(0);
    for (int i = 0; i < 3; i++) {
      broker.onConnection(
          peer -> {
            Frame subscribe = subscribed(peer);
            goOn.acquire();
            peer.message(subscribe, "1", LARGE);
            peer.expectEnd();
          });
    }
    broker.onConnection(
        peer -> {
          peer.message(subscribed(peer), "1", "small");
          peer.expect("ACK");
        });
    ConnectOptions moved = smallBodies().with(TimeSource.of(clock::nanoTime, clock.timer()));
    Offer silent = Offer.standard().with(HeartBeat.NONE);
    try (StompClient client = Clients.fast(broker.uri()).connect(moved).offer(silent).connect()) {
      Subscription subscription = client.subscribe("/queue/a");
      for (int i = 1; i <= 3; i++) {
        clock.advance(Duration.ofMinutes(11));
        goOn.release();
        int next = i + 1;
        await()
            .atMost(LIMIT)
            .until(() -> client.epoch() == next && client.state() == ClientState.CONNECTED);
      }

      subscription.receive(LIMIT).orElseThrow().ack();
      broker.assertScriptsDone();
    }
  }
}
