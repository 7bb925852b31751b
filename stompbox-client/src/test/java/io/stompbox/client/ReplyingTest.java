package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.StompException;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Replies that a broker refuses. */
class ReplyingTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int EPOCH = 7;
  private static final Outcome CONFIRMED = new Outcome.Confirmed(1, 1, false);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  /** The message-ids of what the program was asked to answer. */
  private final List<String> asked = new CopyOnWriteArrayList<>();

  private final Outbox outbox = new Outbox(Bounds.defaults(), TimeSource.system());
  private final Subscription subscription = subscription();

  private final StompException refusal = new PoisonMessageException("full", new Exception());

  /** What becomes of the next reply. */
  private Outcome outcome = new Outcome.Rejected(refusal);

  private final Replying replying = new Replying(this::answer, this::confirmation, LIMIT);

  private Subscription subscription() {
    Subscriptions all = UnconnectedSubscriptions.of(outbox);
    all.start(UnstartedLink.epoch(EPOCH, outbox));
    return new Subscription(all, "s", "/queue/a", SubscribeOptions.defaults(), null);
  }

  @Test
  void aRequestWhoseReplyWasRefusedIsRefusedWhenItComesAgain() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          request(peer, subscribe, "m-1", "message-id:m-1");
          refuse(peer, peer.expect("SEND"));
        });
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          request(peer, subscribe, "again", "message-id:m-1\nredelivered:true");
          assertThat(peer.expect("NACK").require("id")).isEqualTo("again");
          request(peer, subscribe, "m-2", "message-id:m-2");
          peer.receiptFor(peer.expect("SEND"));
          assertThat(peer.expect("ACK").require("id")).isEqualTo("m-2");
        });
    List<Throwable> heard = new CopyOnWriteArrayList<>();
    SubscribeOptions listening =
        SubscribeOptions.defaults().onError((subscription, delivery, cause) -> heard.add(cause));
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.reply("/queue/service", listening, this::answer);

      broker.assertScriptsDone();
      assertThat(asked).containsExactly("m-1", "m-2");
      assertThat(heard).hasSize(2).allSatisfy(cause -> assertThat(cause).isSameAs(heard.get(0)));
      assertThat(heard.get(0))
          .isInstanceOf(BrokerErrorException.class)
          .hasMessageContaining("gone");
      assertThat(client.epoch()).isEqualTo(2);
    }
  }

  /** Artemis and RabbitMQ give a message another id when it comes again. */
  @ParameterizedTest
  @CsvSource({
    "the id that the broker keeps,      m-1 /queue/r c true,  m-1 /queue/r c true,  true",
    "no correlation but the id,         m-1 /queue/r - true,  m-1 /queue/r - true,  true",
    "what the sender has made unique,   m-1 /queue/r c true,  m-9 /queue/r c true,  true",
    "another correlation,               m-1 /queue/r c true,  m-9 /queue/r d true,  false",
    "another place for the reply,       m-1 /queue/r c true,  m-9 /queue/x c true,  false",
    "no correlation and another id,     m-1 /queue/r - true,  m-9 /queue/r - true,  false",
    "what was never given out before,   m-1 /queue/r c true,  m-1 /queue/r c false, false",
  })
  void aRequestIsKnownAgainBy(String what, String first, String second, boolean isKnown)
      throws Exception {
    assertThatThrownBy(() -> replying.onMessage(request(first))).isSameAs(refusal);
    outcome = CONFIRMED;

    if (isKnown) {
      assertThatThrownBy(() -> replying.onMessage(request(second))).as(what).isSameAs(refusal);
    } else {
      replying.onMessage(request(second));
    }

    assertThat(asked).hasSize(isKnown ? 1 : 2);
  }

  @Test
  void aRequestFailsOnceForAnEarlierRefusal() throws Exception {
    Delivery request = request("m-1 /queue/r c true");
    assertThatThrownBy(() -> replying.onMessage(request)).isSameAs(refusal);
    assertThatThrownBy(() -> replying.onMessage(request)).isSameAs(refusal);
    outcome = CONFIRMED;

    replying.onMessage(request);

    assertThat(asked).containsExactly("m-1", "m-1");
  }

  /** It may wait to be handled while the connection that brought it ends. */
  @Test
  void aRequestThatCanNotBeSettledFailsAndIsStillKnownAgain() throws Exception {
    String text = "m-1 /queue/r c true";
    assertThatThrownBy(() -> replying.onMessage(request(text))).isSameAs(refusal);

    Delivery stale = request(text, EPOCH - 1);
    assertThatThrownBy(() -> replying.onMessage(stale)).isSameAs(refusal);
    assertThatThrownBy(() -> replying.onMessage(request(text))).isSameAs(refusal);

    assertThat(asked).containsExactly("m-1");
  }

  @Test
  void requestsWithoutMessageIdAreNotTheSame() throws Exception {
    assertThatThrownBy(() -> replying.onMessage(request(" /queue/r c true"))).isSameAs(refusal);
    outcome = CONFIRMED;

    replying.onMessage(request(" /queue/r d true"));

    assertThat(asked).hasSize(2);
  }

  /** Whether the broker has the reply is not known, so the request is answered once more. */
  @Test
  void aRequestWhoseReplyWasNotRefusedIsAnsweredAgain() {
    StompException lost = new StompTimeoutException("no receipt");
    outcome = new Outcome.Unknown(lost);

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> replying.onMessage(request("m-1 /queue/r c true"))).isSameAs(lost);
    }

    assertThat(asked).containsExactly("m-1", "m-1");
  }

  @Test
  void theEldestRefusalsAreForgotten() throws Exception {
    for (int i = 0; i <= Replying.REMEMBERED; i++) {
      Delivery request = request("m-" + i + " /queue/r - true");
      assertThatThrownBy(() -> replying.onMessage(request)).isSameAs(refusal);
    }
    asked.clear();
    outcome = CONFIRMED;

    assertThatThrownBy(() -> replying.onMessage(request("m-1 /queue/r - true"))).isSameAs(refusal);
    replying.onMessage(request("m-0 /queue/r - true"));

    assertThat(asked).containsExactly("m-0");
  }

  @Test
  void aHandlerIsNeededAtOnce() {
    broker.onConnection(peer -> peer.handshake("1.2"));
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      assertThatNullPointerException()
          .isThrownBy(() -> client.reply("/queue/service", nothing()))
          .withMessage("handler");
    }
  }

  @SuppressWarnings("NullAway") // what a program without NullAway may do
  private static ReplyHandler nothing() {
    return null;
  }

  private Outgoing answer(Delivery request) {
    asked.add(request.headers().value("message-id").orElseThrow());
    return request.reply().text("re");
  }

  private Confirmation confirmation(Outgoing reply) {
    Confirmation confirmation = new Receipts(Runnable::run).confirmation("SEND");
    confirmation.complete(outcome);
    return confirmation;
  }

  /** A request of this message-id, reply-to, correlation-id (or -) and redelivered. */
  private Delivery request(String text) {
    return request(text, EPOCH);
  }

  private Delivery request(String text, int epoch) {
    String[] parts = text.split(" ", -1);
    Frame frame =
        Frame.of(Command.MESSAGE, "message-id", parts[0], "reply-to", parts[1])
            .with("redelivered", parts[3]);
    frame = parts[2].equals("-") ? frame : frame.with("correlation-id", parts[2]);
    return new Delivery(subscription, frame, epoch, 1);
  }

  private static void request(Peer peer, Frame subscribe, String ack, String headers) {
    peer.send(
        "MESSAGE\nsubscription:"
            + subscribe.require("id")
            + "\nack:"
            + ack
            + "\nreply-to:/temp-queue/1\n"
            + headers
            + "\n\nx^@");
  }

  private static void refuse(Peer peer, Frame send) {
    peer.send("ERROR\nreceipt-id:" + send.require("receipt") + "\nmessage:gone\n\n^@");
  }
}
