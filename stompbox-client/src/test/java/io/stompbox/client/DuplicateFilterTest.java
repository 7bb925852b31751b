package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that a subscription has processed before. */
class DuplicateFilterTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final SubscribeOptions BY_ORDER =
      SubscribeOptions.defaults().with(DuplicateFilter.byHeader("order"));
  private static final SubscribeOptions MANUAL = BY_ORDER.with(Acknowledgement.MANUAL);

  private final ScriptedBroker broker = ScriptedBroker.start();
  private final List<String> handled = new CopyOnWriteArrayList<>();

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = Acknowledgement.class,
      names = {"AFTER_PROCESSING", "BATCHED"})
  void aCopyIsAcknowledgedAndNotHandedOut(Acknowledgement acknowledgement) throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = subscribed(peer);
          send(peer, subscribe, "m-1", "7");
          expectAck(peer, "m-1");
          send(peer, subscribe, "m-2", "7");
          expectAck(peer, "m-2");
          send(peer, subscribe, "m-3", "8");
          expectAck(peer, "m-3");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.subscribe("/queue/a", BY_ORDER.with(acknowledgement), this::handle);
      await().atMost(LIMIT).until(() -> handled.size() == 2);

      assertThat(client.received().duplicates()).isEqualTo(1);
    }
    broker.assertScriptsDone();
    assertThat(handled).containsExactly("m-1", "m-3");
  }

  @Test
  void aHandlerThatFinishesAfterTheLossGetsNoSecondCopyOfItsMessage() throws Exception {
    CountDownLatch finish = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          send(peer, subscribed(peer), "m-1", "7");
          await().atMost(LIMIT).until(() -> handled.size() == 1);
          peer.reset();
        });
    broker.onConnection(
        peer -> {
          send(peer, subscribed(peer), "again", "7");
          finish.countDown();
          expectAck(peer, "again");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.subscribe(
          "/queue/a",
          BY_ORDER,
          delivery -> {
            handle(delivery);
            finish.await();
          });
      await().atMost(LIMIT).until(() -> client.received().duplicates() == 1);
      assertThat(client.received().staleAcks()).isEqualTo(1);
    }
    broker.assertScriptsDone();
    assertThat(handled).containsExactly("m-1");
  }

  @Test
  void whatFailedOrWasRefusedIsHandedOutAgain() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = subscribed(peer);
          for (String id : List.of("m-1", "m-2")) {
            send(peer, subscribe, id, "7");
            assertThat(peer.expect("NACK").require("id")).isEqualTo(id);
          }
          send(peer, subscribe, "m-3", "7");
          expectAck(peer, "m-3");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    AtomicInteger runs = new AtomicInteger();
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.subscribe(
          "/queue/a",
          BY_ORDER,
          delivery -> {
            handle(delivery);
            switch (runs.incrementAndGet()) {
              case 1 -> throw new IllegalStateException("not today");
              case 2 -> delivery.nack();
              default -> {}
            }
          });
      await().atMost(LIMIT).until(() -> handled.size() == 3);
    }
    broker.assertScriptsDone();
  }

  @Test
  void whoAcknowledgesByHandDecidesWhatWasProcessed() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = subscribed(peer);
          send(peer, subscribe, "m-1", "7");
          send(peer, subscribe, "m-2", "7");
          expectAck(peer, "m-2");
          send(peer, subscribe, "m-3", "7");
          expectAck(peer, "m-3");
          send(peer, subscribe, "m-4", "8");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      Subscription subscription = client.subscribe("/queue/a", MANUAL);
      assertThat(id(subscription)).isEqualTo("m-1");
      Delivery second = subscription.receive(LIMIT).orElseThrow();
      assertThat(second.headers().get("message-id")).isEqualTo("m-2");
      second.ack();

      assertThat(id(subscription)).isEqualTo("m-4");
      assertThat(client.received().duplicates()).isEqualTo(1);
    }
    broker.assertScriptsDone();
  }

  @Test
  void whatIsAcknowledgedLongAfterItsHandlerHasReturnedCountsFromThen() throws Exception {
    BlockingQueue<Delivery> open = new LinkedBlockingQueue<>();
    broker.onConnection(
        peer -> {
          Frame subscribe = subscribed(peer);
          send(peer, subscribe, "m-1", "7");
          expectAck(peer, "m-1");
          send(peer, subscribe, "m-2", "7");
          expectAck(peer, "m-2");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.subscribe("/queue/a", MANUAL, open::add);
      Delivery first = open.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
      assertThat(first).isNotNull();
      first.ack();

      await().atMost(LIMIT).until(() -> client.received().duplicates() == 1);
    }
    broker.assertScriptsDone();
    assertThat(open).isEmpty();
  }

  @Test
  void whatATransactionAcknowledgesIsProcessedOnceItIsCommitted() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = subscribed(peer);
          send(peer, subscribe, "m-1", "7");
          Stream.of("BEGIN", "ACK", "ABORT").forEach(peer::expect);
          send(peer, subscribe, "m-2", "7");
          Stream.of("BEGIN", "ACK").forEach(peer::expect);
          peer.receiptFor(peer.expect("COMMIT"));
          send(peer, subscribe, "m-3", "7");
          expectAck(peer, "m-3");
          send(peer, subscribe, "m-4", "8");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      Subscription subscription = client.subscribe("/queue/a", MANUAL);
      try (Transaction aborted = client.begin()) {
        aborted.ack(subscription.receive(LIMIT).orElseThrow());
      }
      Delivery second = subscription.receive(LIMIT).orElseThrow();
      assertThat(second.headers().get("message-id")).isEqualTo("m-2");
      client.inTransaction(tx -> tx.ack(second));

      assertThat(id(subscription)).isEqualTo("m-4");
    }
    broker.assertScriptsDone();
  }

  @Test
  void noMoreIdsAreRememberedThanAskedForAndLongOrMissingOnesNever() throws Exception {
    String tooLong = "x".repeat(257);
    broker.onConnection(
        peer -> {
          Frame subscribe = subscribed(peer);
          int number = 0;
          for (String order : List.of("1", "2", "1", tooLong, tooLong, "1")) {
            number++;
            send(peer, subscribe, "m-" + number, order);
            expectAck(peer, "m-" + number);
          }
          peer.message(subscribe, "m-7", "");
          expectAck(peer, "m-7");
          peer.message(subscribe, "m-8", "");
          expectAck(peer, "m-8");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    SubscribeOptions one =
        SubscribeOptions.defaults().with(DuplicateFilter.byHeader("order").remembering(1));
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.subscribe("/queue/a", one, this::handle);
      await().atMost(LIMIT).until(() -> handled.contains("m-8"));
      assertThat(client.received().duplicates()).isEqualTo(1);
    }
    broker.assertScriptsDone();
    assertThat(handled).doesNotContain("m-6").hasSize(7);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void whatCannotFilterIsRefused(int remembered) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DuplicateFilter.byMessageId().remembering(remembered));
    assertThatIllegalArgumentException().isThrownBy(() -> DuplicateFilter.byHeader(""));
  }

  private void handle(Delivery delivery) {
    handled.add(delivery.headers().value("message-id").orElseThrow());
  }

  private static String id(Subscription subscription) throws InterruptedException {
    return subscription.receive(LIMIT).orElseThrow().frame().require("message-id");
  }

  private static Frame subscribed(Peer peer) {
    peer.handshake("1.2");
    Frame subscribe = peer.expect("SUBSCRIBE");
    peer.receiptFor(subscribe);
    return subscribe;
  }

  private static void send(Peer peer, Frame subscribe, String id, String order) {
    peer.send(
        "MESSAGE\nmessage-id:%s\nack:%s\nsubscription:%s\ndestination:/queue/a\norder:%s\n\n^@"
            .formatted(id, id, subscribe.require("id"), order));
  }

  private static void expectAck(Peer peer, String id) {
    assertThat(peer.expect("ACK").require("id")).isEqualTo(id);
  }
}
