package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stompbox.client.listener.Event;
import io.stompbox.client.listener.RecordingListener;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listeners by name: who hears, in which order, and what they may change. */
class ListenersTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  /** Frames that the broker got besides CONNECT and DISCONNECT. */
  private final BlockingQueue<Frame> arrived = new LinkedBlockingQueue<>();

  private StompClientBuilder client() {
    broker.onConnection(this::serve);
    return StompClient.builder(broker.uri());
  }

  /** Answers everything, and sends each SEND back to the subscription, if there is one. */
  private void serve(Peer peer) {
    peer.handshake("1.2");
    Frame subscribe = null;
    Frame frame = peer.next().orElseThrow();
    while (!frame.command().equals(Command.DISCONNECT)) {
      arrived.add(frame);
      if (frame.command().equals(Command.SUBSCRIBE)) {
        subscribe = frame;
      }
      if (frame.headers().has("receipt")) {
        peer.receiptFor(frame);
      }
      if (frame.command().equals(Command.SEND) && subscribe != null) {
        peer.message(subscribe, "m" + arrived.size(), frame.text());
      }
      frame = peer.next().orElseThrow();
    }
    peer.receiptFor(frame);
  }

  private Frame arrived(Command command) throws InterruptedException {
    Frame frame = arrived.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
    while (frame != null && !frame.command().equals(command)) {
      frame = arrived.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
    assertThat(frame).as("a %s", command).isNotNull();
    return frame;
  }

  @Test
  void areFoundReplacedAndRemovedByName() {
    RecordingListener first = new RecordingListener();
    RecordingListener second = new RecordingListener();
    RecordingListener third = new RecordingListener();
    try (StompClient client = client().listener("b", first).connect()) {
      Listeners listeners = client.listeners();
      listeners.add("a", second);

      assertThat(listeners.names()).containsExactly("b", "a");
      assertThat(listeners.find("b")).contains(first);
      assertThat(listeners.find("c")).isEmpty();

      assertThat(listeners.replace("b", third)).contains(first);
      assertThat(listeners.replace("c", first)).isEmpty();
      assertThat(listeners.names()).containsExactly("b", "a", "c");

      assertThat(listeners.remove("a")).contains(second);
      assertThat(listeners.remove("a")).isEmpty();
      assertThat(listeners.names()).containsExactly("b", "c");
    }
    assertThat(second.events()).isEmpty();
    assertThat(third.events(Event.Disconnecting.class)).hasSize(1);
    assertThat(first.events(Event.Disconnecting.class)).hasSize(1);
  }

  @Test
  void aNameIsTakenOnce() {
    StompClientBuilder builder = client().listener("a", new RecordingListener());
    assertThatThrownBy(() -> builder.listener("a", new RecordingListener()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is a listener 'a' already");
    try (StompClient client = builder.connect()) {
      assertThatThrownBy(() -> client.listeners().add("a", new RecordingListener()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("there is a listener 'a' already; remove or replace it");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t"})
  void aBlankNameIsRefused(String name) {
    StompClientBuilder builder = StompClient.builder(broker.uri());
    assertThatThrownBy(() -> builder.listener(name, new RecordingListener()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the name of a listener is blank");
  }

  @Test
  void allAreToldOnOneThreadThatNeitherReadsNorWrites() throws Exception {
    BlockingQueue<String> threads = new LinkedBlockingQueue<>();
    EventSink sink = event -> threads.add(Thread.currentThread().getName());
    try (StompClient client = client().listener("a", sink).listener("b", sink).connect()) {
      client.sendConfirmed(Outgoing.to("/queue/a")).await(LIMIT);
    }
    assertThat(threads).isNotEmpty().allMatch(name -> name.startsWith("stompbox-handler"));
  }

  /** Its events are bounded and counted, and nothing waits for it. */
  @Test
  void aSlowListenerHoldsUpNothingAndWhatHasNoRoomIsCounted() throws Exception {
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    List<Event> heard = new ArrayList<>();
    EventSink slow =
        event -> {
          heard.add(event);
          if (event instanceof Event.Send) {
            blocked.countDown();
            release.await();
          }
        };
    try (StompClient client = client().listener("slow", slow).connect()) {
      blocked.await();
      for (int i = 0; i < 1500; i++) {
        client.send("/queue/a", "x");
      }
      client.sendConfirmed(Outgoing.to("/queue/a")).await(LIMIT);
      await().atMost(LIMIT).until(() -> client.listeners().dropped() > 400);
      release.countDown();
    }
    assertThat(heard).hasSizeBetween(1000, 1010).last().isInstanceOf(Event.Disconnected.class);
  }

  /** As one that may throw what it likes. */
  private interface EventSink extends io.stompbox.client.listener.EventSink {
    void heard(Event event) throws Exception;

    @Override
    default void onEvent(Event event) {
      try {
        heard(event);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void largeBodiesTakeRoomToo() throws Exception {
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    EventSink slow =
        event -> {
          blocked.countDown();
          release.await();
        };
    byte[] large = new byte[3 << 20];
    try (StompClient client = client().listener("slow", slow).connect()) {
      blocked.await();
      for (int i = 0; i < 4; i++) {
        client.sendConfirmed(Outgoing.to("/queue/a").bytes(large)).await(LIMIT);
      }
      assertThat(client.listeners().dropped()).isEqualTo(2);
      release.countDown();
    }
  }

  @Test
  void aHookMayAddToAMessageBeforeItIsSentAndLaterOnesSeeThat() throws Exception {
    StompListener first = sending(message -> message.header("first", "1"));
    StompListener broken = sending(message -> null);
    StompListener second =
        sending(message -> message.header("second", message.headers().value("first").orElse("-")));
    try (StompClient client =
        client().listener("1", first).listener("x", broken).listener("2", second).connect()) {
      client.send("/queue/a", "x");
      client.sendConfirmed(Outgoing.to("/queue/b")).await(LIMIT);
      assertThat(client.trySend(Outgoing.to("/queue/c"))).isTrue();
      try (Transaction transaction = client.begin()) {
        transaction.send("/queue/d", "x");
        transaction.commit();
      }
    }
    for (String destination : List.of("/queue/a", "/queue/b", "/queue/c", "/queue/d")) {
      Frame send = arrived(Command.SEND);
      assertThat(send.header("destination")).isEqualTo(destination);
      assertThat(send.header("first")).isEqualTo("1");
      assertThat(send.header("second")).isEqualTo("1");
    }
  }

  private interface Sending {
    @Nullable Outgoing change(Outgoing message);
  }

  @SuppressWarnings("NullAway") // what a careless program does
  private static StompListener sending(Sending change) {
    return new StompListener() {
      @Override
      public Outgoing beforeSend(Outgoing message) {
        return change.change(message);
      }
    };
  }

  @Test
  void aPulledMessageIsChangedToo() throws Exception {
    StompListener upper =
        new StompListener() {
          @Override
          public Frame beforeMessage(Delivery delivery) {
            return delivery.frame().with(Body.of(delivery.text() + "!"));
          }
        };
    StompListener broken =
        new StompListener() {
          @Override
          public Frame beforeMessage(Delivery delivery) {
            return Frame.of(Command.SEND);
          }
        };
    try (StompClient client =
        client().listener("1", upper).listener("broken", broken).listener("2", upper).connect()) {
      Subscription subscription = client.subscribe("/queue/a");
      client.send("/queue/a", "hi");

      Delivery delivery = subscription.receive(LIMIT).orElseThrow();
      assertThat(delivery.text()).isEqualTo("hi!!");
      assertThat(delivery.original().text()).isEqualTo("hi");
    }
  }

  @Test
  void aListenerMayUseTheClientAndRemoveItself() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    try (StompClient client = client().connect()) {
      client
          .listeners()
          .add(
              "once",
              new StompListener() {
                @Override
                public void onReceipt(String receiptId) {
                  heard.add(receiptId);
                  client.listeners().remove("once");
                  client.send("/queue/b", "from a listener");
                }
              });
      client.sendConfirmed(Outgoing.to("/queue/a")).await(LIMIT);
      assertThat(arrived(Command.SEND).header("destination")).isEqualTo("/queue/a");
      assertThat(arrived(Command.SEND).text()).isEqualTo("from a listener");
      client.sendConfirmed(Outgoing.to("/queue/a")).await(LIMIT);
    }
    assertThat(heard).hasSize(1);
  }
}
