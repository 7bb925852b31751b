package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Version;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which frames the calls of a client make. */
class OnTheWireTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final SubscribeOptions MANUAL =
      SubscribeOptions.defaults().with(Acknowledgement.MANUAL);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  /** What came after CONNECT, in order. */
  private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();

  @Test
  void aSendHasItsDestinationFirstThenItsHeadersInTheirOrderAndTheLengthOfItsBody()
      throws Exception {
    record(Version.V1_2);
    Outgoing message =
        Outgoing.to("/queue/a")
            .header("message-id", "m-1")
            .header("priority", "9")
            .header("expires", "0")
            .header("correlation-id", "order:7")
            .header("reply-to", "/temp-queue/answers")
            .header("hop", "2")
            .header("hop", "1")
            .contentType("text/plain")
            .persistent();
    try (StompClient client = connect()) {
      client.send(message.text("é"));
      client.send(message.bytes(new byte[] {0, '\n', 0}));
    }
    broker.assertScriptsDone();

    Frame head =
        Frame.of(
            Command.SEND,
            "destination",
            "/queue/a",
            "message-id",
            "m-1",
            "priority",
            "9",
            "expires",
            "0",
            "correlation-id",
            "order:7",
            "reply-to",
            "/temp-queue/answers",
            "hop",
            "2",
            "hop",
            "1",
            "content-type",
            "text/plain",
            "persistent",
            "true");
    assertThat(sent(Command.SEND))
        .containsExactly(
            head.with("content-length", "2").with(Body.of("é")),
            head.with("content-length", "3").with(Body.of(new byte[] {0, '\n', 0})));
  }

  @Test
  void aSendNeedsNothingButItsDestination() throws Exception {
    record(Version.V1_2);
    try (StompClient client = connect()) {
      client.send(Outgoing.to("/queue/a"));
      client.send(Outgoing.to("/queue/a").json("{}"));
    }
    broker.assertScriptsDone();

    Frame bare = Frame.of(Command.SEND, "destination", "/queue/a");
    assertThat(sent(Command.SEND))
        .containsExactly(
            bare,
            bare.with("content-type", "application/json")
                .with("content-length", "2")
                .with(Body.of("{}")));
  }

  @Test
  void theLengthOfABodyIsNotTheBusinessOfTheProgram() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Outgoing.to("/queue/a").header("content-length", "99"))
        .withMessageContaining("header 'content-length' is written by the client");
  }

  @ParameterizedTest
  @EnumSource
  void aSubscriptionHasAnIdAnAckModeAndTheHeadersOfTheProgram(Version version) throws Exception {
    record(version);
    try (StompClient client = connect()) {
      SubscribeOptions defaults = SubscribeOptions.defaults();
      client.subscribe("/queue/a").close();
      client.subscribe("/queue/a", defaults.with(Acknowledgement.BROKER));
      client.subscribe("/queue/b", defaults.with(Acknowledgement.BATCHED).withId("mine"));
      client.subscribe("/queue/c", MANUAL.withId("other").withHeader("selector", "a='b'"));
    }
    broker.assertScriptsDone();

    List<Frame> subscribes = sent(Command.SUBSCRIBE);
    assertThat(subscribes)
        .extracting(frame -> frame.require("destination") + " " + frame.require("ack"))
        .containsExactly(
            "/queue/a client-individual",
            "/queue/a auto",
            "/queue/b client",
            "/queue/c client-individual");
    List<String> ids = subscribes.stream().map(frame -> frame.require("id")).toList();
    assertThat(ids).doesNotHaveDuplicates().endsWith("mine", "other");
    assertThat(subscribes.get(3).header("selector")).isEqualTo("a='b'");
    assertThat(sent(Command.UNSUBSCRIBE))
        .containsExactly(Frame.of(Command.UNSUBSCRIBE, "id", ids.get(0)));
  }

  @Test
  void idsThatTheClientMakesAreUnique() throws Exception {
    record(Version.V1_2);
    try (StompClient client = connect()) {
      for (int i = 0; i < 3; i++) {
        client.subscribe("/queue/a");
        client.sendConfirmed(Outgoing.to("/queue/a")).await(LIMIT);
        client.begin().commit();
      }
    }
    broker.assertScriptsDone();

    for (String header : List.of("id", "receipt")) {
      assertThat(frames.stream().flatMap(frame -> frame.headers().values(header).stream()))
          .hasSizeGreaterThanOrEqualTo(3)
          .doesNotHaveDuplicates();
    }
    assertThat(sent(Command.BEGIN))
        .extracting(frame -> frame.require("transaction"))
        .hasSize(3)
        .doesNotHaveDuplicates();
  }

  @Test
  void everyFrameOfATransactionNamesIt() throws Exception {
    record(Version.V1_2);
    List<String> ids = new ArrayList<>();
    try (StompClient client = connect()) {
      Transaction committed = client.begin();
      committed.send(Outgoing.to("/queue/a").header("x", "1").text("hello"));
      committed.commit();
      Transaction aborted = client.begin();
      aborted.send("/queue/a", "hello");
      aborted.abort();
      ids.addAll(List.of(committed.id(), aborted.id()));
    }
    broker.assertScriptsDone();

    assertThat(frames)
        .extracting(frame -> frame.command() + " " + frame.header("transaction"))
        .startsWith(
            "BEGIN " + ids.get(0),
            "SEND " + ids.get(0),
            "COMMIT " + ids.get(0),
            "BEGIN " + ids.get(1),
            "SEND " + ids.get(1),
            "ABORT " + ids.get(1));
  }

  @Test
  void aTransactionThatHasEndedRefusesEverything() throws Exception {
    record(Version.V1_2);
    try (StompClient client = connect()) {
      Transaction committed = client.begin();
      committed.commit();
      Transaction aborted = client.begin();
      aborted.abort();
      for (Transaction ended : List.of(committed, aborted)) {
        assertThatIllegalStateException().isThrownBy(ended::commit);
        assertThatIllegalStateException().isThrownBy(ended::abort);
        assertThatIllegalStateException()
            .isThrownBy(() -> ended.send("/queue/a", "late"))
            .withMessageContaining(ended.id() + " is ");
        ended.close();
      }
    }
    broker.assertScriptsDone();

    assertThat(frames)
        .extracting(frame -> frame.command().name())
        .containsExactly("BEGIN", "COMMIT", "BEGIN", "ABORT", "DISCONNECT");
  }

  @ParameterizedTest
  @CsvSource({
    "1.1, '[message-id:1, subscription:mine]', '[message-id:2, subscription:mine]'",
    "1.2, [id:1], [id:2]"
  })
  void aHandlerMayAcknowledgeAndRefuseByItself(String version, String ack, String nack)
      throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed(version);
          peer.message(subscribe, "1", "good");
          peer.message(subscribe, "2", "bad");
          assertThat(peer.expect("ACK").headers()).hasToString(ack);
          assertThat(peer.expect("NACK").headers()).hasToString(nack);
          peer.expect("SEND");
        });
    try (StompClient client = connect()) {
      // With this mode the client acknowledges what returns, unless the handler has done it.
      client.subscribe(
          "/queue/a",
          SubscribeOptions.defaults().withId("mine"),
          delivery -> {
            if (delivery.text().equals("good")) {
              delivery.ack();
            } else {
              delivery.nack();
              client.send("/queue/failed", delivery.text());
            }
          });
      broker.assertScriptsDone();
    }
  }

  @ParameterizedTest
  @CsvSource({"AFTER_PROCESSING, 3", "BATCHED, 1", "MANUAL, 0", "BROKER, 0"})
  void theAcknowledgementDecidesHowManyAcksThereAre(Acknowledgement acknowledgement, int acks)
      throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame subscribe = peer.expect("SUBSCRIBE");
          for (int i = 1; i <= 3; i++) {
            peer.message(subscribe, "m" + i, "x");
          }
          peer.receiptFor(subscribe);
          recordUntilTheEnd(peer);
        });
    CountDownLatch subscribed = new CountDownLatch(1);
    CountDownLatch handled = new CountDownLatch(3);
    try (StompClient client = connect()) {
      client.subscribe(
          "/queue/a",
          SubscribeOptions.defaults().with(acknowledgement),
          delivery -> {
            // The receipt comes behind all three, so that a batch is as large as it can be.
            subscribed.await();
            handled.countDown();
          });
      subscribed.countDown();
      handled.await();
    }
    broker.assertScriptsDone();

    assertThat(sent(Command.ACK)).hasSize(acks);
    assertThat(sent(Command.NACK)).isEmpty();
  }

  @Test
  void aMessageGoesToItsSubscriptionWhateverItsDestination() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame gold = peer.expect("SUBSCRIBE");
          peer.receiptFor(gold);
          Frame all = peer.expect("SUBSCRIBE");
          peer.receiptFor(all);
          peer.send(
              "MESSAGE\nsubscription:all\nmessage-id:1\nack:1\n"
                  + "destination:/topic/prices.gold\n\n42^@");
          assertThat(peer.expect("ACK").require("id")).isEqualTo("1");
        });
    BlockingQueue<String> handled = new LinkedBlockingQueue<>();
    try (StompClient client = connect()) {
      client.subscribe("/topic/prices.gold", delivery -> handled.add("gold"));
      client.subscribe(
          "/topic/prices.>",
          SubscribeOptions.defaults().withId("all"),
          delivery -> handled.add("all " + delivery.destination()));
      broker.assertScriptsDone();
    }
    assertThat(handled).containsExactly("all /topic/prices.gold");
  }

  @Test
  void messagesAreHandledWhileAReceiptIsAwaited() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          Frame send = peer.expect("SEND");
          for (int i = 1; i <= 3; i++) {
            peer.message(subscribe, "m" + i, "x");
          }
          for (int i = 1; i <= 3; i++) {
            peer.expect("ACK");
          }
          peer.receiptFor(send);
        });
    AtomicInteger handled = new AtomicInteger();
    try (StompClient client = connect()) {
      client.subscribe("/queue/a", delivery -> handled.incrementAndGet());
      client.sendConfirmed(Outgoing.to("/queue/b")).await(LIMIT);

      assertThat(handled).hasValue(3);
    }
    broker.assertScriptsDone();
  }

  @Test
  void aReceiptThatDoesNotComeInTimeMayStillBeAwaited() throws Exception {
    CountDownLatch late = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame send = peer.expect("SEND");
          late.await();
          peer.receiptFor(send);
        });
    try (StompClient client = connect()) {
      Confirmation confirmation = client.sendConfirmed(Outgoing.to("/queue/a"));
      assertThatThrownBy(() -> confirmation.await(Duration.ofMillis(50)))
          .isInstanceOf(StompTimeoutException.class)
          .hasMessageContaining("no receipt for SEND to /queue/a within 50ms");
      late.countDown();

      assertThat(confirmation.await(LIMIT)).isEqualTo(new Outcome.Confirmed(1, 1, false));
    }
  }

  @Test
  void aValueThatIsTiedToAReceiptComesBackWithItAndOnce() throws Exception {
    CountDownLatch tied = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame send = peer.expect("SEND");
          tied.await();
          peer.receiptFor(send);
          peer.receiptFor(send);
          peer.receiptFor(peer.expect("SEND"));
        });
    BlockingQueue<String> values = new LinkedBlockingQueue<>();
    try (StompClient client = connect()) {
      CompletableFuture<Boolean> back =
          client
              .sendConfirmed(Outgoing.to("/queue/a"))
              .stage()
              .thenApply(outcome -> values.add("order 7"))
              .toCompletableFuture();
      assertThat(back).isNotDone();
      tied.countDown();

      assertThat(back).succeedsWithin(LIMIT);
      client.sendConfirmed(Outgoing.to("/queue/a")).await(LIMIT);
      assertThat(values).containsExactly("order 7");
    }
  }

  @Test
  void manyThreadsSendWithoutMixingTheirFrames() throws Exception {
    int threads = 20;
    int sends = 1000;
    Set<String> received = new HashSet<>();
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          for (int i = 0; i < threads * sends; i++) {
            Frame frame = peer.expect("SEND");
            assertThat(frame.require("number")).isEqualTo(frame.text());
            received.add(frame.text());
          }
        });
    try (StompClient client = connect()) {
      List<FutureTask<Void>> senders = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        String prefix = "thread " + i + " message ";
        senders.add(new FutureTask<>(() -> sendMany(client, prefix, sends), null));
      }
      senders.forEach(sender -> new Thread(sender).start());
      for (FutureTask<Void> sender : senders) {
        sender.get(60, TimeUnit.SECONDS);
      }
      client.flush(LIMIT);
      broker.assertScriptsDone();
    }
    assertThat(received).hasSize(threads * sends);
  }

  private static void sendMany(StompClient client, String prefix, int number) {
    for (int i = 0; i < number; i++) {
      client.send(Outgoing.to("/queue/a").header("number", prefix + i).text(prefix + i));
    }
  }

  private StompClient connect() {
    return StompClient.builder(broker.uri())
        .reconnect(ReconnectPolicy.never())
        .timeouts(Timeouts.defaults().withClose(Duration.ofMillis(500)))
        .connect();
  }

  private void record(Version version) {
    broker.onConnection(
        peer -> {
          peer.handshake(version.text());
          recordUntilTheEnd(peer);
        });
  }

  /** Takes note of all that comes, and gives every receipt that is asked for. */
  private void recordUntilTheEnd(Peer peer) {
    for (Optional<Frame> frame = peer.next(); frame.isPresent(); frame = peer.next()) {
      frames.add(frame.get());
      if (frame.get().headers().has("receipt")) {
        peer.receiptFor(frame.get());
      }
    }
  }

  private List<Frame> sent(Command command) {
    return frames.stream().filter(frame -> frame.command().equals(command)).toList();
  }
}
