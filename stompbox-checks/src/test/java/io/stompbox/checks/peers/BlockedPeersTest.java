package io.stompbox.checks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompbox.client.Bounds;
import io.stompbox.client.Confirmation;
import io.stompbox.client.Outcome;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A handler that waits for the broker, and a broker that does not read. */
class BlockedPeersTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final ScriptedBroker broker = ScriptedBroker.start();

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  @Test
  void aHandlerMayWaitForTheReceiptOfItsOwnSend() throws Exception {
    BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame subscribe = peer.expect("SUBSCRIBE");
          peer.receiptFor(subscribe);
          // More wait behind the first, so that a reader which hands them out itself would stall.
          for (int i = 1; i <= 3; i++) {
            peer.message(subscribe, "m-" + i, "question " + i);
          }
          for (int i = 1; i <= 3; i++) {
            peer.receiptFor(peer.expect("SEND"));
            assertThat(peer.expect("ACK").require("id")).isEqualTo("m-" + i);
          }
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    try (StompClient client = StompClient.connect(broker.uri())) {
      client.subscribe(
          "/queue/questions",
          delivery -> {
            Confirmation answer = client.sendConfirmed(Outgoing.to("/queue/answers").text("x"));
            outcomes.add(answer.await(LIMIT));
          });
      await().atMost(LIMIT).until(() -> outcomes.size() == 3);
    }
    broker.assertScriptsDone();
    assertThat(outcomes).hasSize(3).allMatch(Outcome.Confirmed.class::isInstance);
  }

  /** Besides its bounds there are the buffers of the network, which have a few MiB. */
  @Test
  void sendingToABrokerThatDoesNotReadEndsAtTheBounds() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          over.await();
        });
    Outgoing message = Outgoing.to("/queue/a").bytes(new byte[10_000]);
    try (StompClient client = StompClient.connect(broker.uri())) {
      int accepted = 0;
      while (accepted < 20_000 && client.trySend(message)) {
        accepted++;
      }

      assertThat(accepted * 10_000L).isLessThan(2 * Bounds.defaults().outgoingOctets());
      client.close(Duration.ofMillis(100));
    } finally {
      over.countDown();
    }
  }
}
