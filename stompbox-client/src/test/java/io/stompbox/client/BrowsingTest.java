package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.ScriptedBroker;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Subscriptions that look at what is in a queue, leave it there, and end by themselves. */
class BrowsingTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final SubscribeOptions BROWSE = SubscribeOptions.defaults().browse();

  private static final Executor NEW_THREAD = task -> new Thread(task, "handler").start();

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  private static void connected(Peer peer) {
    peer.expect("CONNECT");
    peer.send("CONNECTED\nversion:1.2\nserver:ActiveMQ/6.3.1\n\n^@");
  }

  /** Tells that all there is was shown. */
  private static void shown(Peer peer, Frame subscribe) {
    peer.send(
        "MESSAGE\nbrowser:end\nmessage-id:end\ndestination:/queue/a\nsubscription:"
            + subscribe.require("id")
            + "\n\n^@");
  }

  /** Shows two messages and the end as soon as {@code when} allows, then goes on. */
  private void showTwo(CountDownLatch when, ThenDo then) {
    broker.onConnection(
        peer -> {
          connected(peer);
          Frame subscribe = Clients.subscribed(peer);
          when.await();
          peer.message(subscribe, "1", "first");
          peer.message(subscribe, "2", "second");
          shown(peer, subscribe);
          peer.expect("UNSUBSCRIBE");
          then.go(peer);
        });
  }

  /** Awaits SEND; UNSUBSCRIBE follows an end by itself, before or behind it. */
  private static Frame sendIn(Peer peer) throws Exception {
    Frame next = peer.next().orElseThrow();
    while (!next.command().equals(Command.SEND)) {
      next = peer.next().orElseThrow();
    }
    return next;
  }

  private interface ThenDo {
    void go(Peer peer) throws Exception;
  }

  private static CountDownLatch atOnce() {
    return new CountDownLatch(0);
  }

  @Test
  void browsingEndsByItselfBehindTheLastMessage() throws Exception {
    broker.onConnection(
        peer -> {
          connected(peer);
          Frame subscribe = Clients.subscribed(peer);
          assertThat(subscribe.require("browser")).isEqualTo("true");
          assertThat(subscribe.require("ack")).isEqualTo("auto");
          peer.message(subscribe, "1", "first");
          peer.message(subscribe, "2", "second");
          shown(peer, subscribe);
          peer.expect("UNSUBSCRIBE");
        });
    List<String> texts = new ArrayList<>();
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      Subscription browser = client.subscribe("/queue/a", BROWSE);
      broker.assertScriptsDone();
      browser.forEach(delivery -> texts.add(delivery.text()));

      assertThat(texts).containsExactly("first", "second");
      assertThat(browser.isOpen()).isFalse();
      assertThat(browser.failure()).isEmpty();
      assertThat(browser.receive(Duration.ofMillis(1))).isEmpty();
    }
  }

  @Test
  void aLargeBodyCanBeReadThatIsPulledBehindTheEnd(@TempDir Path folder) throws Exception {
    String large = "0123456789".repeat(20_000);
    broker.onConnection(
        peer -> {
          connected(peer);
          Frame subscribe = Clients.subscribed(peer);
          peer.message(subscribe, "1", large);
          peer.message(subscribe, "2", large);
          shown(peer, subscribe);
          peer.expect("UNSUBSCRIBE");
        });
    LargeBodies bodies = LargeBodies.in(folder).withAbove(1000);
    try (StompClient client = Clients.fast(broker.uri()).largeBodies(bodies).connect()) {
      Subscription browser = client.subscribe("/queue/a", BROWSE);
      broker.assertScriptsDone();
      List<Long> lengths = new ArrayList<>();
      for (Delivery delivery : browser) {
        try (InputStream stream = delivery.stream()) {
          lengths.add((long) stream.readAllBytes().length);
        }
      }

      assertThat(lengths).containsExactly((long) large.length(), (long) large.length());
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void whatWasBrowsedIsReceivedAmongOthersToo() throws Exception {
    broker.onConnection(
        peer -> {
          connected(peer);
          Frame subscribe = Clients.subscribed(peer);
          peer.message(subscribe, "1", "only");
          shown(peer, subscribe);
          peer.expect("UNSUBSCRIBE");
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.subscribe("/queue/a", BROWSE);
      broker.assertScriptsDone();

      assertThat(client.receive(LIMIT).orElseThrow().text()).isEqualTo("only");
      assertThat(client.receive(Duration.ofMillis(1))).isEmpty();
    }
  }

  @Test
  void aStreamThatBrowsesCompletesBehindTheLastMessage() throws Exception {
    broker.onConnection(
        peer -> {
          connected(peer);
          Frame subscribe = Clients.subscribed(peer);
          peer.message(subscribe, "1", "first");
          peer.message(subscribe, "2", "second");
          shown(peer, subscribe);
          peer.expect("UNSUBSCRIBE");
        });
    Asking subscriber = new Asking(() -> {});
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.flow().messages("/queue/a", BROWSE).subscribe(subscriber);
      subscriber.ask(1);

      assertThat(subscriber.end()).containsExactly("first", "second", "complete");
    }
  }

  @Test
  void aStreamWhoseEndIsFasterThanItsReceiptKeepsWhatNobodyHasAskedFor() throws Exception {
    CountDownLatch taken = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          connected(peer);
          Frame subscribe = peer.expect("SUBSCRIBE");
          peer.message(subscribe, "1", "first");
          peer.message(subscribe, "2", "second");
          shown(peer, subscribe);
          taken.await();
          peer.receiptFor(subscribe);
          peer.receiptFor(sendIn(peer));
        });
    Asking subscriber = new Asking(taken::countDown);
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.flow().messages("/queue/a", BROWSE).subscribe(subscriber);
      assertThat(taken.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      client.sendConfirmed(Outgoing.to("/queue/b")).await(LIMIT);
      subscriber.ask(1);

      assertThat(subscriber.end()).containsExactly("first", "second", "complete");
    }
  }

  @Test
  void browsingThatWasCutOffFailsAndIsNotBegunAgain() throws Exception {
    broker.onConnection(
        peer -> {
          connected(peer);
          Clients.subscribed(peer);
          peer.reset();
        });
    broker.onConnection(
        peer -> {
          connected(peer);
          peer.expect("SEND");
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      Subscription browser = client.subscribe("/queue/a", BROWSE);

      assertThatThrownBy(() -> browser.receive(LIMIT))
          .isInstanceOf(SubscriptionStoppedException.class)
          .hasMessageContaining("was not at its end when the connection was")
          .hasCauseInstanceOf(ConnectionLostException.class);
      client.send("/queue/b", "nothing came between");
      broker.assertScriptsDone();
    }
  }

  @Test
  void aSubscriptionHasNotEndedWhileItsLastMessagesWait() throws Exception {
    CountDownLatch paused = new CountDownLatch(1);
    showTwo(paused, peer -> {});
    AtomicReference<@Nullable Subscription> watched = new AtomicReference<>();
    List<Boolean> ended = new CopyOnWriteArrayList<>();
    List<String> texts = new CopyOnWriteArrayList<>();
    try (StompClient client =
        Clients.fast(broker.uri())
            .handlerExecutor(
                task -> {
                  // Whoever delivers looks at it here, in the middle of what it does.
                  Subscription subscription = watched.get();
                  if (subscription != null) {
                    ended.add(subscription.hasEnded());
                  }
                  CompletableFuture.runAsync(task, NEW_THREAD).join();
                })
            .connect()) {
      Subscription browser = client.subscribe("/queue/a", BROWSE, d -> texts.add(d.text()));
      browser.pause();
      watched.set(browser);
      paused.countDown();
      broker.assertScriptsDone();

      assertThat(ended).isNotEmpty().containsOnly(false);
      browser.resume();
      await().atMost(LIMIT).until(browser::hasEnded);
      assertThat(texts).containsExactly("first", "second");
    }
  }

  @Test
  void whatWasShownDuringAPauseIsReceivedAfterIt() throws Exception {
    CountDownLatch paused = new CountDownLatch(1);
    showTwo(paused, peer -> {});
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      Subscription browser = client.subscribe("/queue/a", BROWSE);
      browser.pause();
      paused.countDown();
      broker.assertScriptsDone();

      assertThat(client.receive(Duration.ofMillis(1))).isEmpty();
      assertThat(browser.receive(Duration.ofMillis(1))).isEmpty();
      browser.resume();
      assertThat(client.receive(LIMIT).orElseThrow().text()).isEqualTo("first");
      assertThat(browser.receive(LIMIT).orElseThrow().text()).isEqualTo("second");
      assertThat(browser.iterator().hasNext()).isFalse();
    }
  }

  @Test
  void aLossBehindTheEndTakesNothingAway() throws Exception {
    CountDownLatch handling = new CountDownLatch(1);
    CountDownLatch read = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          connected(peer);
          Frame subscribe = Clients.subscribed(peer);
          peer.message(subscribe, "1", "first");
          peer.message(subscribe, "2", "second");
          shown(peer, subscribe);
          peer.receiptFor(sendIn(peer));
          read.await();
          peer.reset();
        });
    CountDownLatch back = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          connected(peer);
          peer.receiptFor(sendIn(peer));
        });
    Asking subscriber = new Asking(handling::countDown, back);
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.flow().messages("/queue/a", BROWSE).subscribe(subscriber);
      assertThat(handling.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      client.sendConfirmed(Outgoing.to("/queue/b")).await(LIMIT);
      read.countDown();
      client.sendConfirmed(Outgoing.to("/queue/b")).await(LIMIT);
      subscriber.ask(1);
      back.countDown();

      assertThat(subscriber.end()).containsExactly("first", "second", "complete");
    }
  }

  @Test
  void closingTheClientEndsAStreamThatHasNotAskedForAllThatWasShown() throws Exception {
    CountDownLatch left = new CountDownLatch(2);
    showTwo(
        atOnce(),
        peer -> {
          left.countDown();
          peer.expect("DISCONNECT");
        });
    Asking subscriber = new Asking(left::countDown);
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.flow().messages("/queue/a", BROWSE).subscribe(subscriber);
      assertThat(left.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
    assertThat(subscriber.end()).containsExactly("first", "complete");
  }

  /** Asks for one message by itself and keeps what it is told. */
  private static final class Asking implements Flow.Subscriber<Delivery> {
    private final Runnable onFirst;
    private final CountDownLatch goOn;
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final CompletableFuture<List<String>> end = new CompletableFuture<>();
    private volatile Flow.@Nullable Subscription subscription;

    Asking(Runnable onFirst) {
      this(onFirst, atOnce());
    }

    /**
     * Creates one.
     *
     * @param goOn what it waits for inside its first message
     */
    Asking(Runnable onFirst, CountDownLatch goOn) {
      this.onFirst = onFirst;
      this.goOn = goOn;
    }

    void ask(int messages) {
      Objects.requireNonNull(subscription, "subscribed").request(messages);
    }

    List<String> end() throws Exception {
      return end.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(1);
    }

    @Override
    public void onNext(Delivery delivery) {
      told.add(delivery.text());
      onFirst.run();
      try {
        goOn.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void onError(Throwable cause) {
      told.add(cause.toString());
      end.complete(told);
    }

    @Override
    public void onComplete() {
      told.add("complete");
      end.complete(told);
    }
  }
}
