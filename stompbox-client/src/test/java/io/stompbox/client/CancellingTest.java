package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.stompbox.client.ConnectionLostException.Sent;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What becomes of a send that the program gives up on. */
class CancellingTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();
  private final CountDownLatch down = new CountDownLatch(1);
  private final CountDownLatch cancelled = new CountDownLatch(1);
  private final List<String> received = new CopyOnWriteArrayList<>();

  @Test
  void aSendThatIsCancelledBeforeItIsWrittenNeverReachesTheWire() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.reset();
        });
    broker.onConnection(
        peer -> {
          peer.expect("CONNECT");
          cancelled.await();
          peer.send("CONNECTED\nversion:1.2\n\n^@");
          for (int i = 0; i < 2; i++) {
            Frame send = peer.expect("SEND");
            received.add(send.text());
            peer.receiptFor(send);
          }
        });
    try (StompClient client = connect()) {
      down.await();
      Confirmation before = client.sendConfirmed(Outgoing.to("/queue/x").text("before"));
      Confirmation unwanted = client.sendConfirmed(Outgoing.to("/queue/x").text("unwanted"));
      Confirmation after = client.sendConfirmed(Outgoing.to("/queue/x").text("after"));

      assertThat(unwanted.cancel()).isTrue();

      assertCancelled(unwanted, Sent.NOT_SENT);
      cancelled.countDown();
      before.await(LIMIT);
      after.await(LIMIT);
      broker.assertScriptsDone();
      assertThat(received).containsExactly("before", "after");
      assertThat(client.sends()).isEqualTo(new SendCounts(2, 0, 0, 1, 0));
    }
  }

  @Test
  void aSendThatIsCancelledAfterItWasWrittenIsUnknownAndItsLateReceiptOnlyCounted()
      throws Exception {
    CountDownLatch written = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame send = peer.expect("SEND");
          written.countDown();
          cancelled.await();
          peer.receiptFor(send);
          peer.receiptFor(peer.expect("SEND"));
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    try (StompClient client = connect()) {
      Confirmation unwanted = client.sendConfirmed(Outgoing.to("/queue/x").text("unwanted"));
      written.await();

      assertThat(unwanted.cancel()).isTrue();
      assertThat(unwanted.cancel()).isFalse();

      assertCancelled(unwanted, Sent.UNKNOWN);
      cancelled.countDown();
      client.sendConfirmed(Outgoing.to("/queue/x").text("next")).await(LIMIT);
      assertThat(client.sends()).isEqualTo(new SendCounts(1, 0, 1, 0, 1));
      assertThat(unwanted.outcome()).get().isInstanceOf(Outcome.Unknown.class);
    }
    broker.assertScriptsDone();
  }

  @Test
  void aSendThatIsCancelledBetweenTwoConnectionsIsNotSentAgain() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expect("SEND");
          peer.reset();
        });
    broker.onConnection(
        peer -> {
          peer.expect("CONNECT");
          cancelled.await();
          peer.send("CONNECTED\nversion:1.2\n\n^@");
          assertThat(peer.expect("SEND").text()).isEqualTo("next");
        });
    try (StompClient client = connect()) {
      Confirmation unwanted = client.sendConfirmed(Outgoing.to("/queue/x").text("unwanted"));
      down.await();

      assertThat(unwanted.cancel()).isTrue();

      assertCancelled(unwanted, Sent.UNKNOWN);
      client.send("/queue/x", "next");
      cancelled.countDown();
      broker.assertScriptsDone();
    }
  }

  @Test
  void cancellingGivesItsRoomToOthers() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expectEnd();
        });
    try (StompClient client =
        Clients.fast(broker.uri()).bounds(Bounds.defaults().withUnconfirmed(1)).connect()) {
      Outgoing message = Outgoing.to("/queue/x").text("x");
      Confirmation first = client.trySendConfirmed(message).orElseThrow();

      assertThat(client.trySendConfirmed(message)).isEmpty();
      first.cancel();
      Optional<Confirmation> second = client.trySendConfirmed(message);

      assertThat(second).get().returns(false, Confirmation::isDone);
    }
  }

  @Test
  void whatIsConfirmedCannotBeCancelled() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.receiptFor(peer.expect("SEND"));
          peer.expectEnd();
        });
    try (StompClient client = connect()) {
      Confirmation confirmation = client.sendConfirmed(Outgoing.to("/queue/x").text("x"));
      confirmation.await(LIMIT);

      assertThat(confirmation.cancel()).isFalse();
      assertThat(confirmation.outcome()).hasValue(new Outcome.Confirmed(1, 1, false));
    }
  }

  private static void assertCancelled(Confirmation confirmation, Sent sent) {
    await().atMost(LIMIT).until(confirmation::isDone);
    assertThatExceptionOfType(SendCancelledException.class)
        .isThrownBy(() -> confirmation.await(LIMIT))
        .returns(sent, SendCancelledException::sent);
    assertThat(confirmation.outcome())
        .get()
        .isInstanceOf(sent == Sent.NOT_SENT ? Outcome.NotSent.class : Outcome.Unknown.class);
  }

  private StompClient connect() {
    return Clients.fast(broker.uri())
        .onStateChange(
            change -> {
              if (change.to() == ClientState.RECOVERING) {
                down.countDown();
              }
            })
        .connect();
  }
}
