package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Several handlers of one subscription at a time. */
class ConcurrencyTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final SubscribeOptions DEFAULTS = SubscribeOptions.defaults();

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  @Test
  void asManyHandlersRunAtATimeAsWereAskedForAndNoMore() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = subscribed(peer, 30);
          assertThat(subscribe.require("ack")).isEqualTo("client-individual");
          for (int i = 0; i < 30; i++) {
            peer.expect("ACK");
          }
        });
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CyclicBarrier three = new CyclicBarrier(3);
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.subscribe(
          "/queue/a",
          DEFAULTS.concurrency(3),
          delivery -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            // Only if three are here at once does anyone go on.
            three.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
            now.decrementAndGet();
          });
      broker.assertScriptsDone();
    }
    assertThat(most).hasValue(3);
  }

  @Test
  void messagesWithOneKeyAreProcessedInOrderWhileOtherKeysGoOn() throws Exception {
    int messages = 300;
    broker.onConnection(
        peer -> {
          subscribed(peer, messages);
          for (int i = 0; i < messages; i++) {
            peer.expect("ACK");
          }
        });
    Map<Integer, List<Integer>> byKey = new ConcurrentHashMap<>();
    Map<Integer, AtomicInteger> running = new ConcurrentHashMap<>();
    CyclicBarrier two = new CyclicBarrier(2);
    List<String> overlaps = new CopyOnWriteArrayList<>();
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.subscribe(
          "/queue/a",
          DEFAULTS.concurrency(4).orderedBy(delivery -> number(delivery) % 3),
          delivery -> {
            int key = number(delivery) % 3;
            AtomicInteger sameKey = running.computeIfAbsent(key, any -> new AtomicInteger());
            if (sameKey.incrementAndGet() > 1) {
              overlaps.add("two of key " + key);
            }
            if (number(delivery) <= 2) {
              // The first of two keys meet, so keys do not wait for each other.
              two.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
            byKey
                .computeIfAbsent(key, any -> Collections.synchronizedList(new ArrayList<>()))
                .add(number(delivery));
            sameKey.decrementAndGet();
          });
      broker.assertScriptsDone();
    }
    assertThat(overlaps).isEmpty();
    assertThat(byKey.values()).allSatisfy(numbers -> assertThat(numbers).isSorted());
    assertThat(byKey.values().stream().mapToInt(List::size).sum()).isEqualTo(messages);
  }

  @Test
  void aBusyKeyDoesNotKeepMessagesBehindItFromOtherKeys() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          Frame subscribe = subscribed(peer, 0);
          for (String text : List.of("a1", "a2", "a3", "b1")) {
            peer.message(subscribe, text, text);
          }
          assertThat(peer.expect("ACK").require("id")).isEqualTo("b1");
          goOn.countDown();
          for (String id : List.of("a1", "a2", "a3")) {
            assertThat(peer.expect("ACK").require("id")).isEqualTo(id);
          }
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.subscribe(
          "/queue/a",
          DEFAULTS.concurrency(2).orderedBy(delivery -> delivery.text().charAt(0)),
          delivery -> {
            if (delivery.text().equals("a1")) {
              goOn.await();
            }
          });
      broker.assertScriptsDone();
    }
  }

  @Test
  void messagesWithoutAKeyHaveNoOrderAndAKeyThatCannotBeFoundFailsItsMessage() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = subscribed(peer, 3);
          assertThat(subscribe.require("id")).isNotEmpty();
          assertThat(peer.expect("NACK").require("id")).isEqualTo("1");
          peer.expect("ACK");
          peer.expect("ACK");
        });
    CyclicBarrier two = new CyclicBarrier(2);
    BlockingQueue<Throwable> heard = new LinkedBlockingQueue<>();
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.subscribe(
          "/queue/a",
          DEFAULTS
              .concurrency(2)
              .orderedBy(
                  delivery -> {
                    if (number(delivery) == 1) {
                      throw new IllegalStateException("no key");
                    }
                    return null;
                  })
              .onError((subscription, delivery, cause) -> heard.add(cause)),
          delivery -> two.await(LIMIT.toSeconds(), TimeUnit.SECONDS));
      broker.assertScriptsDone();
    }
    assertThat(heard).singleElement().satisfies(cause -> assertThat(cause).hasMessage("no key"));
  }

  @Test
  void aKeyWithoutAHashCodeFailsItsMessageOnly() throws Exception {
    broker.onConnection(
        peer -> {
          assertThat(subscribed(peer, 2).require("id")).isNotEmpty();
          assertThat(peer.expect("NACK").require("id")).isEqualTo("1");
          assertThat(peer.expect("ACK").require("id")).isEqualTo("2");
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.subscribe(
          "/queue/a",
          DEFAULTS.orderedBy(delivery -> number(delivery) == 1 ? new Unhashed() : "a key"),
          delivery -> {});
      broker.assertScriptsDone();
    }
  }

  /** A key that fails where it is looked up, such as one with a field that is null. */
  private static final class Unhashed {
    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      throw new IllegalStateException("on purpose");
    }
  }

  @Test
  void aCumulativeAcknowledgementWaitsForTheOldestMessage() throws Exception {
    List<String> told = new CopyOnWriteArrayList<>();
    CountDownLatch oldest = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          subscribed(peer, 200);
          Frame mark = peer.next().orElseThrow();
          told.add(mark.command().name());
          peer.receiptFor(mark);
          oldest.countDown();
          String last = "";
          while (!last.equals("200")) {
            last = peer.expect("ACK").require("id");
            told.add(last);
          }
        });
    AtomicInteger processed = new AtomicInteger();
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.subscribe(
          "/queue/a",
          DEFAULTS.with(Acknowledgement.BATCHED).concurrency(4),
          delivery -> {
            if (number(delivery) == 1) {
              oldest.await();
            }
            processed.incrementAndGet();
          });
      await().atMost(LIMIT).until(() -> processed.get() == 199);
      client.sendConfirmed(Outgoing.to("/queue/x")).await(LIMIT);
      broker.assertScriptsDone();
    }
    assertThat(told).startsWith("SEND").endsWith("200");
    assertThat(told.stream().skip(1).map(Integer::valueOf)).isSorted();
  }

  @Test
  void whatWaitsForTheOldestMessageIsBounded() throws Exception {
    int messages = 300;
    broker.onConnection(
        peer -> {
          subscribed(peer, messages);
          String last = "";
          while (!last.equals("" + messages)) {
            last = peer.expect("ACK").require("id");
          }
        });
    AtomicInteger processed = new AtomicInteger();
    CountDownLatch oldest = new CountDownLatch(1);
    Bounds few = Bounds.defaults().withIncoming(60, 1000);
    try (StompClient client = Clients.fast(broker.uri()).bounds(few).connect()) {
      client.subscribe(
          "/queue/a",
          DEFAULTS.with(Acknowledgement.BATCHED).concurrency(2),
          delivery -> {
            if (number(delivery) == 1) {
              oldest.await();
            }
            processed.incrementAndGet();
          });
      // 60 processed ones wait for the first, 60 wait in the queue, and one blocks the reader.
      await().atMost(LIMIT).until(() -> client.received().messages() == 122);
      assertThat(processed).hasValue(60);
      oldest.countDown();
      broker.assertScriptsDone();
    }
  }

  @Test
  void closingWaitsForAllHandlersAndAcknowledgesWhatTheyDid() throws Exception {
    broker.onConnection(
        peer -> {
          subscribed(peer, 3);
          for (int i = 0; i < 3; i++) {
            peer.expect("ACK");
          }
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    CountDownLatch inHandlers = new CountDownLatch(3);
    CloseReport report;
    StompClient client = Clients.fast(broker.uri()).connect();
    client.subscribe(
        "/queue/a",
        DEFAULTS.concurrency(3),
        delivery -> {
          inHandlers.countDown();
          await().atMost(LIMIT).until(() -> client.state() == ClientState.DRAINING);
        });
    inHandlers.await();
    report = client.close(LIMIT);

    assertThat(report.drained()).isTrue();
    broker.assertScriptsDone();
  }

  @Test
  void aHandlerMayCloseItsSubscriptionWhileOthersOfItRun() throws Exception {
    broker.onConnection(
        peer -> {
          subscribed(peer, 2);
          // The closing handler has not returned when UNSUBSCRIBE is written, the other has.
          assertThat(peer.expect("ACK").require("id")).isEqualTo("2");
          peer.expect("UNSUBSCRIBE");
        });
    CyclicBarrier both = new CyclicBarrier(2);
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.subscribe(
          "/queue/a",
          DEFAULTS.concurrency(2),
          delivery -> {
            both.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (number(delivery) == 1) {
              delivery.subscription().close();
            }
          });
      broker.assertScriptsDone();
    }
  }

  @Test
  void whatIsForHandlersIsRefusedWhereMessagesArePulled() throws Exception {
    broker.onConnection(peer -> peer.handshake("1.2"));
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      for (SubscribeOptions how :
          List.of(DEFAULTS.concurrency(2), DEFAULTS.orderedBy(Delivery::text))) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> client.subscribe("/queue/a", how))
            .withMessageContaining("/queue/a are pulled");
      }
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DEFAULTS.concurrency(0))
        .withMessageContaining("concurrency must be at least 1: 0");
  }

  private static Frame subscribed(Peer peer, int messages) {
    Frame subscribe = peer.subscribed("1.2");
    for (int i = 1; i <= messages; i++) {
      peer.message(subscribe, "" + i, "" + i);
    }
    return subscribe;
  }

  private static int number(Delivery delivery) {
    return Integer.parseInt(delivery.text());
  }
}
