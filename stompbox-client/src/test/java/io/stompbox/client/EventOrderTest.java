package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.stompbox.client.listener.Event;
import io.stompbox.client.listener.RecordingListener;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import io.stompbox.protocol.frame.StompException;
import io.stompbox.protocol.frame.Version;
import io.stompbox.protocol.session.Agreement;
import io.stompbox.testkit.ManualClock;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The event order of stomp.py (ORD-01 to ORD-13), as a listener of this client hears it. */
class EventOrderTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();
  private final RecordingListener recorded = new RecordingListener();

  private StompClientBuilder client() {
    return client(broker.uri());
  }

  private StompClientBuilder client(String uri) {
    return StompClient.builder(uri).listener("recorded", recorded);
  }

  /** The events so far, each in a few words. */
  private List<String> told() {
    return recorded.events().stream().map(EventOrderTest::words).toList();
  }

  private static String words(Event event) {
    if (event instanceof Event.Send send) {
      return "send " + send.frame().command();
    }
    if (event instanceof Event.Receipt receipt) {
      return "receipt " + receipt.id();
    }
    if (event instanceof Event.Disconnected disconnected) {
      return disconnected.cause().isEmpty() ? "disconnected" : "disconnected by a fault";
    }
    return event.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  @Test
  void ord01TheReceiptIsToldBeforeTheEndAndTheEndIsLast() throws Exception {
    CountDownLatch acknowledged = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.expect("SEND");
          peer.message(subscribe, "1", "back");
          peer.expect("ACK");
          acknowledged.countDown();
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    try (StompClient client = client().connect()) {
      client.subscribe("/queue/a", delivery -> {});
      client.send("/queue/a", "there");
      assertThat(recorded.awaitMessage(LIMIT).text()).isEqualTo("back");
      assertThat(acknowledged.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
    broker.assertScriptsDone();

    assertThat(told())
        .containsExactly(
            "connecting",
            "send CONNECT",
            "connected",
            "send SUBSCRIBE",
            "receipt r-1",
            "send SEND",
            "message",
            "send ACK",
            "disconnecting",
            "send DISCONNECT",
            "receipt r-2",
            "disconnected");
  }

  @Test
  void ord02AnErrorInPlaceOfConnectedIsToldWithItsHeadersAndBody() {
    broker.onConnection(
        peer -> {
          peer.expect("CONNECT");
          peer.send("ERROR\nmessage:no entry\n\nask the porter^@");
          peer.expectEnd();
        });

    BrokerErrorException failure =
        catchThrowableOfType(BrokerErrorException.class, client()::connect);

    assertThat(failure.frame().header("message")).isEqualTo("no entry");
    assertThat(failure).hasMessageContaining("no entry: ask the porter");
    assertThat(told())
        .containsExactly("connecting", "send CONNECT", "brokererror", "disconnected by a fault");
    assertThat(cause()).isInstanceOf(BrokerErrorException.class);
  }

  @Test
  void ord03ABrokerThatClosesInPlaceOfConnectedFailsAtOnceAndSaysWhy() {
    broker.onConnection(
        peer -> {
          peer.expect("CONNECT");
          peer.close();
        });

    assertThatThrownBy(client()::connect)
        .isInstanceOf(ConnectionLostException.class)
        .hasMessageContaining("hung up before CONNECTED");
    assertThat(told()).containsExactly("connecting", "send CONNECT", "disconnected by a fault");
    assertThat(cause())
        .hasMessageContaining("hung up")
        .hasRootCauseMessage("connection closed by the broker");
  }

  private StompException cause() {
    return recorded.events(Event.Disconnected.class).get(0).cause().orElseThrow();
  }

  @Test
  void ord04ABrokerThatNeverAnswersIsLeftAfterTheLimit() {
    broker.onConnection(
        peer -> {
          peer.expect("CONNECT");
          peer.expectEnd();
        });
    Timeouts shortly = Timeouts.defaults().withConnect(Duration.ofMillis(200));

    assertThatThrownBy(client().timeouts(shortly)::connect)
        .isInstanceOf(StompTimeoutException.class)
        .hasMessageContaining("did not answer CONNECT within 200ms");
    assertThat(told()).containsExactly("connecting", "send CONNECT", "disconnected by a fault");
  }

  @Test
  void ord05AnIdleConnectionStaysUp() throws Exception {
    ManualClock clock = new ManualClock();
    TimeSource time = TimeSource.of(clock::nanoTime, clock.timer());
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.receiptFor(peer.expect("SEND"));
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    try (StompClient client = client().connect(ConnectOptions.defaults().with(time)).connect()) {
      clock.advance(Duration.ofHours(1));

      client.sendConfirmed(Outgoing.to("/queue/a")).await(LIMIT);
      assertThat(client.epoch()).isEqualTo(1);
    }
    assertThat(told()).startsWith("connecting", "send CONNECT", "connected", "send SEND");
  }

  @Test
  void ord06AListenerThatThrowsHarmsNothingAndAHandlerThatThrowsIsReported() throws Exception {
    BlockingQueue<String> handled = new LinkedBlockingQueue<>();
    BlockingQueue<Throwable> reported = new LinkedBlockingQueue<>();
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "1", "bad");
          peer.expect("NACK");
          peer.message(subscribe, "2", "good");
          peer.expect("ACK");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    SubscribeOptions how =
        SubscribeOptions.defaults().onError((subscription, delivery, e) -> reported.add(e));
    StompClientBuilder builder =
        StompClient.builder(broker.uri())
            .listener("broken", new BrokenListener())
            .listener("recorded", recorded);
    try (StompClient client = builder.connect()) {
      client.subscribe(
          "/queue/a",
          how,
          delivery -> {
            if (delivery.text().equals("bad")) {
              throw new IllegalStateException("on purpose");
            }
            handled.add(delivery.text());
          });
      assertThat(handled.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo("good");
      assertThat(client.epoch()).isEqualTo(1);
    }
    broker.assertScriptsDone();

    assertThat(reported).singleElement().asString().contains("on purpose");
    assertThat(told()).contains("connected", "message").endsWith("disconnected");
  }

  private static final class BrokenListener implements StompListener {
    @Override
    public void onConnected(Agreement agreement) {
      throw new Unspeakable();
    }

    @Override
    public void onSend(Frame frame) {
      throw new StackOverflowError("on purpose");
    }

    @Override
    public Frame beforeMessage(Delivery delivery) {
      throw new Unspeakable();
    }

    @Override
    public void onMessage(Delivery delivery) {
      throw new Unspeakable();
    }
  }

  /** Throws again when it is logged. */
  private static final class Unspeakable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new IllegalStateException("on purpose");
    }
  }

  @Test
  void ord07NoSendIsToldOfAFrameThatCouldNotBeSent() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expect("SEND");
          peer.close();
        });
    try (StompClient client =
        client("failover:(" + broker.uri() + ")?maxReconnectAttempts=0").connect()) {
      client.send("/queue/a", "first");
      await().atMost(LIMIT).until(() -> client.state() == ClientState.FAILED);

      assertThatThrownBy(() -> client.send("/queue/a", "second"))
          .isInstanceOf(ConnectionLostException.class);
    }
    assertThat(told())
        .startsWith(
            "connecting", "send CONNECT", "connected", "send SEND", "disconnected by a fault")
        .containsOnlyOnce("send SEND");
  }

  @Test
  void ord08ListenersRunInTheOrderInWhichTheyWereAdded() {
    List<String> order = new CopyOnWriteArrayList<>();
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    StompClient.builder(broker.uri())
        .listener("b", connected(() -> order.add("b")))
        .listener("a", connected(() -> order.add("a")))
        .connect()
        .close();

    assertThat(order).containsExactly("b", "a");
  }

  private static StompListener connected(Runnable action) {
    return new StompListener() {
      @Override
      public void onConnected(Agreement agreement) {
        action.run();
      }
    };
  }

  @Test
  void ord09AConnectionIsNotConnectedTwice() {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    try (Connection connection = Connection.open(broker.uri())) {
      assertThatThrownBy(() -> connection.send(Frame.of(Command.CONNECT, "host", "a")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("the connection has been made already");
    }
  }

  @Test
  void ord10ALostConnectionIsSubscribedAgainAndANewClientIsNot() throws Exception {
    broker.onConnection(
        peer -> {
          peer.subscribed("1.2");
          peer.reset();
        });
    broker.onConnection(
        peer -> {
          peer.subscribed("1.2");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    try (StompClient client = client().connect()) {
      Subscription subscription = client.subscribe("/queue/a");
      await().atMost(LIMIT).until(() -> client.epoch() == 2 && told().contains("receipt r-2"));
      assertThat(subscription.isOpen()).isTrue();
    }
    assertThat(told().stream().filter("send SUBSCRIBE"::equals)).hasSize(2);

    RecordingListener others = new RecordingListener();
    StompClient.builder(broker.uri()).listener("others", others).connect().close();
    broker.assertScriptsDone();

    assertThat(others.events(Event.Send.class))
        .extracting(send -> send.frame().command().name())
        .containsExactly("CONNECT", "DISCONNECT");
  }

  @Test
  void ord11AMessageThatAListenerHasChangedKeepsItsOriginal() throws Exception {
    BlockingQueue<Delivery> handled = new LinkedBlockingQueue<>();
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "1", "x");
          assertThat(peer.expect("ACK").header("id")).isEqualTo("1");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    StompListener changing =
        new StompListener() {
          @Override
          public Frame beforeMessage(Delivery delivery) {
            return Frame.of(Command.MESSAGE, "destination", "/queue/other", "seen", "yes");
          }
        };
    try (StompClient client =
        StompClient.builder(broker.uri())
            .listener("changing", changing)
            .listener("recorded", recorded)
            .connect()) {
      client.subscribe("/queue/a", handled::add);
      Delivery heard = recorded.awaitMessage(LIMIT);

      assertThat(heard.destination()).isEqualTo("/queue/other");
      assertThat(heard.headers().value("seen")).hasValue("yes");
      assertThat(heard.original().header("destination")).isEqualTo("/queue/a");
      assertThat(handled.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)).isSameAs(heard);
    }
    broker.assertScriptsDone();
  }

  @Test
  void ord12AReceiptOfAnotherIdAfterDisconnectLeavesTheConnectionOpen() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame disconnect = peer.expect("DISCONNECT");
          peer.send("RECEIPT\nreceipt-id:another\n\n^@");
          peer.expectSilence(Duration.ofMillis(100));
          peer.receiptFor(disconnect);
        });
    client().connect().close();
    broker.assertScriptsDone();

    assertThat(told())
        .endsWith(
            "disconnecting", "send DISCONNECT", "receipt another", "receipt r-1", "disconnected");
  }

  @Test
  void ord13AVersionThatWasNotOfferedIsRefused() {
    broker.onConnection(
        peer -> {
          peer.expect("CONNECT");
          peer.send("CONNECTED\nversion:1.0\n\n^@");
          peer.expectEnd();
        });
    Offer onlyTheLast = Offer.standard().with(Set.of(Version.V1_2));

    assertThatThrownBy(client().offer(onlyTheLast)::connect)
        .isInstanceOfSatisfying(
            ProtocolException.class, e -> assertThat(e.fault()).isEqualTo(Fault.VERSION_MISMATCH));
    assertThat(told()).containsExactly("connecting", "send CONNECT", "disconnected by a fault");
  }
}
