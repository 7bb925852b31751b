package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Pulling from all subscriptions without a handler. */
class ReceiveOverAllTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(20);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  @Test
  void messagesOfAllSubscriptionsComeInTheOrderOfTheirArrival() throws Exception {
    onTwoSubscriptions(
        (peer, a, b) -> {
          peer.message(b, "1", "first");
          peer.message(a, "2", "second");
          peer.message(a, "3", "third");
          peer.message(b, "4", "fourth");
          peer.expect("ACK");
        });
    try (StompClient client = connect()) {
      client.subscribe("/queue/a");
      client.subscribe("/queue/b");

      List<String> texts = new ArrayList<>();
      while (texts.size() < 4) {
        texts.add(client.receive(LIMIT).orElseThrow().text());
      }
      assertThat(texts).containsExactly("first", "second", "third", "fourth");
      broker.assertScriptsDone();
    }
  }

  @Test
  void askingForTheNextMessageAcknowledgesTheOneBeforeWhereverItCameFrom() throws Exception {
    onTwoSubscriptions(
        (peer, a, b) -> {
          peer.message(a, "1", "x");
          peer.message(b, "2", "y");
          assertThat(peer.expect("ACK").require("id")).isEqualTo("1");
          assertThat(peer.expect("ACK").require("id")).isEqualTo("2");
        });
    try (StompClient client = connect()) {
      client.subscribe("/queue/a");
      client.subscribe("/queue/b");
      assertThat(client.receive(LIMIT)).isPresent();
      assertThat(client.receive(LIMIT)).isPresent();

      assertThat(client.receive(SHORT)).isEmpty();
      broker.assertScriptsDone();
    }
  }

  @Test
  void aSubscriptionWithAHandlerKeepsItsMessagesToItself() throws Exception {
    CountDownLatch handled = new CountDownLatch(1);
    onTwoSubscriptions(
        (peer, pushed, pulled) -> {
          peer.message(pushed, "1", "pushed");
          peer.message(pulled, "2", "pulled");
          peer.expect("ACK");
        });
    try (StompClient client = connect()) {
      client.subscribe("/queue/a", delivery -> handled.countDown());
      client.subscribe("/queue/b");

      assertThat(client.receive(LIMIT).orElseThrow().text()).isEqualTo("pulled");
      handled.await();
      assertThat(client.receive(SHORT)).isEmpty();
      broker.assertScriptsDone();
    }
  }

  @Test
  void messagesOfASubscriptionThatPausesWaitAndOthersPassThem() throws Exception {
    onTwoSubscriptions(
        (peer, a, b) -> {
          peer.message(a, "1", "waits");
          peer.message(b, "2", "passes");
          peer.expect("ACK");
        });
    try (StompClient client = connect()) {
      Subscription paused = client.subscribe("/queue/a");
      paused.pause();
      client.subscribe("/queue/b");

      assertThat(client.receive(LIMIT).orElseThrow().text()).isEqualTo("passes");
      Thread later = new Thread(paused::resume);
      later.start();
      assertThat(client.receive(LIMIT).orElseThrow().text()).isEqualTo("waits");
      later.join();
      broker.assertScriptsDone();
    }
  }

  @Test
  void whatWaitedInAPauseComesBeforeWhatCameAfterIt() throws Exception {
    CountDownLatch received = new CountDownLatch(1);
    onTwoSubscriptions(
        (peer, a, b) -> {
          peer.message(b, "1", "first");
          peer.message(a, "2", "second");
          peer.message(b, "3", "third");
          peer.message(a, "4", "fourth");
          received.await();
        });
    try (StompClient client = connect()) {
      Subscription paused = client.subscribe("/queue/a");
      paused.pause();
      client.subscribe("/queue/b");
      assertThat(client.receive(LIMIT).orElseThrow().text()).isEqualTo("first");
      await().atMost(LIMIT).until(() -> client.received().messages() == 4);
      received.countDown();

      paused.resume();
      List<String> texts = new ArrayList<>();
      while (texts.size() < 3) {
        texts.add(client.receive(LIMIT).orElseThrow().text());
      }
      assertThat(texts).containsExactly("second", "third", "fourth");
    }
  }

  @Test
  void whatEndsOneSubscriptionIsToldOnceAndTheOthersGoOn() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    onTwoSubscriptions(
        (peer, a, b) -> {
          peer.message(a, "1", "fits");
          peer.message(a, "2", "does not fit");
          peer.expect("UNSUBSCRIBE");
          told.await();
          peer.message(b, "3", "goes on");
        });
    try (StompClient client =
        Clients.fast(broker.uri()).bounds(Bounds.defaults().withIncoming(1, 100)).connect()) {
      SubscribeOptions failing = SubscribeOptions.defaults().with(WhenFull.FAIL_SUBSCRIPTION);
      Subscription full = client.subscribe("/queue/a", failing);
      client.subscribe("/queue/b");
      await().atMost(LIMIT).until(() -> !full.isOpen());

      assertThatThrownBy(() -> client.receive(LIMIT))
          .isInstanceOf(SubscriptionStoppedException.class)
          .hasMessageContaining("/queue/a");
      told.countDown();
      assertThat(client.receive(LIMIT).orElseThrow().text()).isEqualTo("goes on");
    }
  }

  @Test
  void iteratingEndsWhenTheClientIsClosed() throws Exception {
    CountDownLatch received = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          peer.message(peer.subscribed("1.2"), "1", "only");
          peer.expect("UNSUBSCRIBE");
        });
    FutureTask<List<String>> texts;
    try (StompClient client = connect()) {
      client.subscribe("/queue/a");
      texts =
          new FutureTask<>(
              () -> {
                List<String> all = new ArrayList<>();
                for (Delivery delivery : client.messages()) {
                  all.add(delivery.text());
                  delivery.ack();
                  received.countDown();
                }
                return all;
              });
      new Thread(texts).start();
      received.await();
    }
    assertThat(texts.get()).containsExactly("only");
  }

  @Test
  void aMessageThatComesAfterReconnectingIsReceivedByWhoeverWaitsSinceBefore() throws Exception {
    broker.onConnection(
        peer -> {
          peer.subscribed("1.2");
          peer.reset();
        });
    broker.onConnection(
        peer -> {
          peer.message(peer.subscribed("1.2"), "1", "after the loss");
          peer.expectEnd();
        });
    try (StompClient client = connect()) {
      client.subscribe("/queue/a", SubscribeOptions.defaults().with(Acknowledgement.MANUAL));

      assertThat(client.receive(LIMIT).orElseThrow().text()).isEqualTo("after the loss");
    }
  }

  @Test
  void interruptingLosesNoMessage() throws Exception {
    broker.onConnection(
        peer -> {
          peer.message(peer.subscribed("1.2"), "1", "kept");
          peer.expectEnd();
        });
    try (StompClient client = connect()) {
      client.subscribe("/queue/a", SubscribeOptions.defaults().with(Acknowledgement.MANUAL));
      Iterator<Delivery> messages = client.messages().iterator();

      Thread.currentThread().interrupt();
      assertThatThrownBy(messages::hasNext).isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(messages.next().text()).isEqualTo("kept");
    }
  }

  /** It is meant for one thread at a time, which must not cost messages where it is not heeded. */
  @Test
  void threadsThatPullOneSubscriptionInTwoWaysLeaveNoMessageUnacknowledged() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          waiting.await();
          peer.message(subscribe, "1", "one");
          peer.message(subscribe, "2", "two");
          List<String> acknowledged =
              List.of(peer.expect("ACK").require("id"), peer.expect("ACK").require("id"));
          assertThat(acknowledged).containsExactlyInAnyOrder("1", "2");
        });
    try (StompClient client = connect()) {
      Subscription subscription = client.subscribe("/queue/a");
      FutureTask<Delivery> ofIt = new FutureTask<>(() -> subscription.receive(LIMIT).orElseThrow());
      FutureTask<Delivery> ofAll = new FutureTask<>(() -> client.receive(LIMIT).orElseThrow());
      for (Thread puller : List.of(new Thread(ofIt), new Thread(ofAll))) {
        puller.start();
        await().atMost(LIMIT).until(() -> puller.getState() == Thread.State.TIMED_WAITING);
      }
      waiting.countDown();

      assertThat(List.of(ofIt.get().text(), ofAll.get().text()))
          .containsExactlyInAnyOrder("one", "two");
      assertThat(subscription.receive(SHORT)).isEmpty();
      broker.assertScriptsDone();
    }
  }

  /** While a listener looks at the first message, the second can't be found. */
  @Test
  void aThreadThatPullsLearnsOfAMessageThatAnotherThreadHidTheWayTo() throws Exception {
    CountDownLatch isOtherWaiting = new CountDownLatch(1);
    CountDownLatch isSeen = new CountDownLatch(1);
    StompListener slow =
        new StompListener() {
          @Override
          public Frame beforeMessage(Delivery delivery) {
            isSeen.countDown();
            try {
              assertThat(isOtherWaiting.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
            return delivery.frame();
          }
        };
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "1", "one");
          peer.message(subscribe, "2", "two");
          peer.expectEnd();
        });
    try (StompClient client = Clients.fast(broker.uri()).listener("slow", slow).connect()) {
      client.subscribe("/queue/a");
      await().atMost(LIMIT).until(() -> client.received().messages() == 2);
      FutureTask<Delivery> first = new FutureTask<>(() -> client.receive(LIMIT).orElseThrow());
      new Thread(first).start();
      assertThat(isSeen.await(10, TimeUnit.SECONDS)).isTrue();
      FutureTask<Delivery> second = new FutureTask<>(() -> client.receive(LIMIT).orElseThrow());
      Thread waiting = new Thread(second);
      waiting.start();
      await().atMost(LIMIT).until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
      isOtherWaiting.countDown();

      assertThat(first.get().text()).isEqualTo("one");
      assertThat(second.get().text()).isEqualTo("two");
    }
  }

  /** What a broker does that has confirmed two subscriptions. */
  private interface Script {
    void run(Peer peer, Frame first, Frame second) throws Exception;
  }

  private void onTwoSubscriptions(Script script) {
    broker.onConnection(peer -> script.run(peer, peer.subscribed("1.2"), Clients.subscribed(peer)));
  }

  private StompClient connect() {
    return Clients.fast(broker.uri()).connect();
  }
}
