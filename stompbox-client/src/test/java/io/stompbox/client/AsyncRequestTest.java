package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stompbox.client.ConnectionLostException.Sent;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Requests whose replies are stages. */
class AsyncRequestTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Outgoing QUESTION = Outgoing.to("/queue/service").text("why");

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  @Test
  void theStageCompletesWithTheReplyToItsRequestOnAThreadOfTheHandlers() throws Exception {
    CountDownLatch watched = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          peer.subscribed("1.2");
          Frame first = asked(peer);
          Frame second = asked(peer);
          watched.await();
          reply(peer, second, "re: " + second.text());
          reply(peer, first, "re: " + first.text());
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      CompletableFuture<Delivery> one = request(client, QUESTION, LIMIT);
      CompletableFuture<Delivery> other = request(client, QUESTION.text("how"), LIMIT);
      CompletableFuture<String> thread = one.thenApply(reply -> Thread.currentThread().getName());
      watched.countDown();

      // First, as whoever waits for a stage itself may run what depends on it.
      assertThat(thread.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo("stompbox-handler");
      assertThat(get(one)).isEqualTo("re: why");
      assertThat(get(other)).isEqualTo("re: how");
      assertThat(client.received().unrouted()).isZero();
    }
    broker.assertScriptsDone();
  }

  @Test
  void aRequestThatNobodyAnswersFailsAtItsLimit() {
    broker.onConnection(
        peer -> {
          peer.subscribed("1.2");
          asked(peer);
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      assertThatThrownBy(() -> get(request(client, QUESTION, Duration.ofMillis(300))))
          .isInstanceOf(StompTimeoutException.class)
          .hasMessageContaining("no reply to a request to /queue/service within 300ms");
    }
  }

  @Test
  void aRequestWhoseConnectionIsLostMayHaveBeenHandled() {
    broker.onConnection(
        peer -> {
          peer.subscribed("1.2");
          peer.expect("SEND");
          peer.reset();
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      assertThatThrownBy(() -> get(request(client, QUESTION, LIMIT)))
          .isInstanceOfSatisfying(
              ConnectionLostException.class, e -> assertThat(e.sent()).isEqualTo(Sent.UNKNOWN));
    }
  }

  @Test
  void aRequestThatIsCancelledIsForgotten() throws Exception {
    Outgoing question = QUESTION.header("correlation-id", "mine");
    CountDownLatch cancelled = new CountDownLatch(1);
    CountDownLatch sent = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          peer.subscribed("1.2");
          Frame unwanted = asked(peer);
          sent.countDown();
          cancelled.await();
          reply(peer, unwanted, "too late");
          reply(peer, asked(peer), "in time");
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      CompletableFuture<Delivery> unwanted = request(client, question, LIMIT);
      assertThat(sent.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(unwanted.cancel(false)).isTrue();
      cancelled.countDown();

      await().atMost(LIMIT).until(() -> client.received().unrouted() == 1);
      assertThat(get(request(client, question, LIMIT))).isEqualTo("in time");
    }
  }

  @Test
  void aMistakeFailsTheStageAndNothingIsSent() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          assertThat(peer.expect("SEND").require("destination")).isEqualTo("/queue/other");
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      assertThatThrownBy(() -> get(request(client, QUESTION.header("reply-to", "me"), LIMIT)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("a reply-to of the client's own");
      client.send("/queue/other", "x");
      broker.assertScriptsDone();
    }
  }

  @Test
  void aClosedClientAsksNothing() {
    broker.onConnection(peer -> peer.handshake("1.2"));
    StompClient client = Clients.fast(broker.uri()).connect();
    client.close();

    assertThatThrownBy(() -> get(request(client, QUESTION, LIMIT)))
        .isInstanceOf(ConnectionLostException.class);
  }

  private static Frame asked(Peer peer) {
    Frame send = peer.expect("SEND");
    peer.receiptFor(send);
    return send;
  }

  private static void reply(Peer peer, Frame send, String text) {
    String replyTo = send.require("reply-to");
    peer.send(
        "MESSAGE\nsubscription:s-1\nmessage-id:"
            + send.require("correlation-id")
            + "\ndestination:"
            + replyTo
            + "\ncorrelation-id:"
            + send.require("correlation-id")
            + "\n\n"
            + text
            + "^@");
  }

  private static CompletableFuture<Delivery> request(
      StompClient client, Outgoing message, Duration limit) {
    return client.async().request(message, limit).toCompletableFuture();
  }

  /** Returns the text of the reply; throws what the stage has failed with. */
  private static String get(CompletableFuture<Delivery> reply) throws Exception {
    try {
      return reply.get(LIMIT.toSeconds(), TimeUnit.SECONDS).text();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
