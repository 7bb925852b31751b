package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.stompbox.protocol.codec.EncoderOptions.ContentLength;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.ScriptedBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a message is on the wire, and what comes out of one that was received. */
class SendingTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Outgoing TEXT = Outgoing.to("/queue/a").text("x");

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  /** Whole numbers, one in a line. */
  private static final BodyCodec<List<Integer>> NUMBERS =
      new BodyCodec<>() {
        @Override
        public String contentType() {
          return "text/x-numbers";
        }

        @Override
        public Body encode(List<Integer> value) {
          return Body.of(String.join("\n", value.stream().map(String::valueOf).toList()));
        }

        @Override
        public List<Integer> decode(Delivery delivery) {
          return delivery.text().lines().map(Integer::valueOf).toList();
        }
      };

  @Test
  void contentLengthIsLeftOutWhereTheClientOrTheMessageWantsThat() throws Exception {
    BlockingQueue<Frame> sent = new LinkedBlockingQueue<>();
    for (int connection = 0; connection < 2; connection++) {
      broker.onConnection(
          peer -> {
            peer.handshake("1.2");
            sent.add(peer.expect("SEND"));
            sent.add(peer.expect("SEND"));
          });
    }
    try (StompClient client = Clients.fast(broker.uri()).connect();
        StompClient without =
            Clients.fast(broker.uri()).contentLength(ContentLength.OMITTED).connect()) {
      client.send(TEXT);
      client.send(TEXT.with(ContentLength.OMITTED));
      without.send(TEXT);
      without.send(TEXT.with(ContentLength.AUTOMATIC));
      broker.assertScriptsDone();
    }
    Stream<Boolean> hasLength = sent.stream().map(frame -> frame.headers().has("content-length"));
    assertThat(hasLength).containsExactlyInAnyOrder(true, false, false, true);
    assertThat(sent).allMatch(frame -> frame.text().equals("x"));
  }

  @Test
  void contentLengthIsLeftOutInsideATransactionToo() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expect("BEGIN");
          assertThat(peer.expect("SEND").headers().has("content-length")).isFalse();
          peer.expect("ABORT");
        });
    try (StompClient client =
        Clients.fast(broker.uri()).contentLength(ContentLength.OMITTED).connect()) {
      try (Transaction transaction = client.begin()) {
        transaction.send(TEXT);
      }
      broker.assertScriptsDone();
    }
  }

  @Test
  void aReceiptOfTheProgramsOwnIsAskedForAndAwaited() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame send = peer.expect("SEND");
          assertThat(send.require("receipt")).isEqualTo("order 7");
          peer.receiptFor(send);
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      Confirmation confirmation = client.sendConfirmed(TEXT.receipt("order 7"));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> client.send(TEXT.receipt("order 8")))
          .withMessageContaining("'order 8'");

      assertThat(confirmation.await(LIMIT).attempts()).isEqualTo(1);
      broker.assertScriptsDone();
    }
  }

  @Test
  void aReceiptThatIsAwaitedAlreadyIsRefused() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame first = peer.expect("SEND");
          Frame other = peer.expect("SEND");
          assertThat(other.require("receipt")).isEqualTo("other");
          peer.receiptFor(other);
          peer.receiptFor(first);
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      Confirmation confirmation = client.sendConfirmed(TEXT.receipt("mine"));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> client.sendConfirmed(TEXT.receipt("mine")))
          .withMessageContaining("the receipt 'mine' is awaited already");
      client.sendConfirmed(TEXT.receipt("other")).await(LIMIT);

      confirmation.await(LIMIT);
      broker.assertScriptsDone();
    }
  }

  @Test
  void aTemplateIsTheSameOnTheWireEachTimeItIsSent() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame first = peer.expect("SEND");
          assertThat(first.header("a")).isEqualTo("x:y");
          assertThat(peer.expect("SEND")).isEqualTo(first);
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      Outgoing template = TEXT.header("a", "x:y");
      client.send(template);
      client.send(template);
      broker.assertScriptsDone();
    }
  }

  @Test
  void repeatedHeadersAreWrittenInTheirOrder() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          assertThat(peer.expect("SEND").headers().values("to")).containsExactly("a", "b");
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.send(TEXT.header("to", "a").header("to", "b"));
      broker.assertScriptsDone();
    }
  }

  @Test
  void aValueGoesThroughItsCodecBothWays() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          Frame send = peer.expect("SEND");
          assertThat(send.require("content-type")).isEqualTo("text/x-numbers");
          peer.message(subscribe, "1", send.text());
          peer.expectEnd();
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      Subscription subscription =
          client.subscribe("/queue/a", SubscribeOptions.defaults().with(Acknowledgement.MANUAL));
      client.send(Outgoing.to("/queue/a").body(List.of(3, 1, 2), NUMBERS));
      Delivery delivery = subscription.receive(LIMIT).orElseThrow();

      assertThat(delivery.as(NUMBERS)).containsExactly(3, 1, 2);
      assertThat(new String(delivery.stream().readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("3\n1\n2");
    }
  }

  @Test
  void whatBelongsToADeliveryIsNotForwarded() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.send(
              """
              MESSAGE
              subscription:%s
              destination:/queue/a
              message-id:m
              ack:1
              redelivered:true
              timestamp:1
              expires:2
              priority:9
              receipt:of the sender
              transaction:of the sender
              content-type:text/plain
              content-length:4
              colour:red
              colour:blue

              body^@"""
                  .formatted(subscribe.require("id")));
          Frame send = peer.expect("SEND");
          assertThat(send.headers().toString())
              .isEqualTo(
                  "[destination:/queue/b, persistent:true, content-type:text/plain, colour:red,"
                      + " colour:blue, content-length:4]");
          assertThat(send.text()).isEqualTo("body");
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      Subscription subscription =
          client.subscribe("/queue/a", SubscribeOptions.defaults().with(Acknowledgement.MANUAL));
      client.send(subscription.receive(LIMIT).orElseThrow().forwardTo("/queue/b"));
      broker.assertScriptsDone();
    }
  }
}
