package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.stompbox.client.listener.Event;
import io.stompbox.client.listener.RecordingListener;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.ScriptedBroker;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The conversations of stompclient, SCC-01 to SCC-14 but those of its pools. */
class ConversationsTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration BRIEF = Duration.ofMillis(50);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  /** SCC-01, SCC-03: the original sends on a new connection without CONNECT. */
  @Test
  void publishingIsConnectSendDisconnectAndAgainAfterDisconnecting() throws Exception {
    List<String> first = conversation();
    List<String> second = conversation();
    try (Publisher publisher = Publisher.of(Clients.fast(broker.uri()))) {
      publisher.send("/queue/a", "one");
      publisher.disconnect();
      publisher.send("/queue/a", "two");
    }
    broker.assertScriptsDone();

    assertThat(first).containsExactly("CONNECT", "SEND", "DISCONNECT");
    assertThat(second).containsExactly("CONNECT", "SEND", "DISCONNECT");
  }

  /** The commands that the next connection brings until its end. */
  private List<String> conversation() {
    List<String> commands = new ArrayList<>();
    broker.onConnection(
        peer -> {
          commands.add(peer.handshake("1.2").command().name());
          for (Optional<Frame> next = peer.next(); next.isPresent(); next = peer.next()) {
            Frame frame = next.get();
            commands.add(frame.command().name());
            if (frame.header("receipt") != null) {
              peer.receiptFor(frame);
            }
          }
        });
    return commands;
  }

  /** SCC-02: a receipt is not a header of a message, but asked for and awaited. */
  @Test
  void aPublisherRefusesTheHeaderAndAwaitsTheReceiptInstead() throws Exception {
    List<String> commands = conversation();
    try (Publisher publisher = Publisher.of(Clients.fast(broker.uri()))) {
      Outgoing message = Outgoing.to("/queue/a");
      assertThatIllegalArgumentException().isThrownBy(() -> message.header("receipt", "r-1"));

      assertThat(publisher.sendConfirmed(message).await(LIMIT).attempts()).isEqualTo(1);
    }
    assertThat(commands).startsWith("CONNECT", "SEND");
  }

  /** SCC-04: the original loses the first, fails the second and sends the third before CONNECT. */
  @Test
  void whatIsConfirmedHasArrivedThoughTheBrokerDropsTheLink() throws Exception {
    BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expect("SEND");
          peer.reset();
        });
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          for (int i = 0; i < 3; i++) {
            Frame send = peer.expect("SEND");
            arrived.add(send.text());
            peer.receiptFor(send);
          }
          peer.expectEnd();
        });
    try (Publisher publisher = Publisher.of(Clients.fast(broker.uri()))) {
      List<Confirmation> sent = new ArrayList<>();
      for (String text : List.of("m0", "m1", "m2")) {
        sent.add(publisher.sendConfirmed(Outgoing.to("/queue/a").text(text)));
      }
      for (Confirmation each : sent) {
        each.await(LIMIT);
      }

      assertThat(arrived).containsExactly("m0", "m1", "m2");
    }
  }

  /** SCC-05, SCC-06: there is no loop that has to run for a receipt to come. */
  @Test
  void connectingAndAwaitingAReceiptNeedNoLoop() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame send = peer.expect("SEND");
          assertThat(send.require("receipt")).isEqualTo("r9");
          peer.receiptFor(send);
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    try (Connection connection = Connection.open(broker.uri())) {
      connection.send(Frame.of(Command.SEND, "destination", "/queue/a", "receipt", "r9"));

      Frame receipt = connection.receive(LIMIT).orElseThrow();
      assertThat(receipt.command()).isEqualTo(Command.RECEIPT);
      assertThat(receipt.require("receipt-id")).isEqualTo("r9");
    }
  }

  /** SCC-07. */
  @Test
  void aReceiptThatDoesNotComeEndsTheWaitByTypeAtItsLimit() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expectEnd();
        });
    try (Publisher publisher = Publisher.of(Clients.fast(broker.uri()))) {
      Confirmation sent = publisher.sendConfirmed(Outgoing.to("/queue/a"));

      assertThatExceptionOfType(StompTimeoutException.class)
          .isThrownBy(() -> sent.await(BRIEF))
          .withMessageContaining("no receipt for SEND to /queue/a within 50ms");
    }
  }

  /** SCC-08. */
  @Test
  void aConnectedThatDoesNotComeEndsTheWaitByType() {
    broker.onConnection(
        peer -> {
          peer.expect("CONNECT");
          peer.expectEnd();
        });
    Timeouts brief = Timeouts.defaults().withConnect(BRIEF);

    assertThatExceptionOfType(StompTimeoutException.class)
        .isThrownBy(() -> StompClient.builder(broker.uri()).timeouts(brief).connect());
  }

  /** SCC-09. */
  @Test
  void aMessageForNoSubscriptionIsCountedAndReachesNone() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.send(
              "MESSAGE\nsubscription:other\nmessage-id:1\nack:1\ndestination:/queue/other\n\nx^@");
          peer.message(subscribe, "2", "mine");
          peer.expectEnd();
        });
    try (StompClient client = Clients.fast(broker.uri()).connect();
        Subscription subscription = client.subscribe("/queue/a")) {
      assertThat(subscription.receive(LIMIT)).map(Delivery::text).hasValue("mine");
      assertThat(client.received().unrouted()).isEqualTo(1);
    }
  }

  /** SCC-10: resources close in the order that the original has built in. */
  @Test
  void aSubscriptionInATryUnsubscribesBeforeItsClientDisconnectsAndItsLoopEnds() throws Exception {
    List<String> commands = conversation();
    CountDownLatch subscribed = new CountDownLatch(1);
    BlockingQueue<Subscription> loops = new LinkedBlockingQueue<>();
    FutureTask<Integer> loop =
        new FutureTask<>(
            () -> {
              int seen = 0;
              Subscription own = loops.take();
              subscribed.countDown();
              for (Delivery each : own) {
                seen += each.text().length();
              }
              return seen;
            });
    new Thread(loop).start();
    try (StompClient client = Clients.fast(broker.uri()).connect();
        Subscription subscription = client.subscribe("/queue/a")) {
      loops.add(subscription);
      subscribed.await();
    }
    broker.assertScriptsDone();

    assertThat(loop.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isZero();
    assertThat(commands).containsExactly("CONNECT", "SUBSCRIBE", "UNSUBSCRIBE", "DISCONNECT");
  }

  /** SCLIENT-23: it belongs to an object, so there is no destination to mistake. */
  @Test
  void unsubscribingTwiceSendsOneUnsubscribe() throws Exception {
    List<String> commands = conversation();
    StompClient client = Clients.fast(broker.uri()).connect();
    Subscription subscription = client.subscribe("/queue/a");
    subscription.close();
    subscription.close();
    client.close();
    broker.assertScriptsDone();

    assertThat(commands).containsExactly("CONNECT", "SUBSCRIBE", "UNSUBSCRIBE", "DISCONNECT");
  }

  /** SCC-11: the original spins. */
  @Test
  void aBrokerThatClosesWhileSomebodyListensEndsTheLoopAndIsTold() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.close();
        });
    try (Connection connection = Connection.open(broker.uri())) {
      List<Frame> seen = new ArrayList<>();
      for (Frame frame : connection) {
        seen.add(frame);
      }

      assertThat(seen).isEmpty();
      assertThat(connection.isOpen()).isFalse();
      assertThat(connection.ended().handle((ended, cause) -> true)).succeedsWithin(LIMIT);
    }
  }

  /** SCC-12. */
  @Test
  void aReadThatGetsNothingIsEmptyAfterItsLimit() throws Exception {
    broker.onConnection(
        peer -> {
          peer.subscribed("1.2");
          peer.expectEnd();
        });
    try (StompClient client = Clients.fast(broker.uri()).connect();
        Subscription subscription = client.subscribe("/queue/a")) {
      long start = System.nanoTime();

      assertThat(subscription.receive(BRIEF)).isEmpty();
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(BRIEF.toNanos());
    }
  }

  /** SCC-14, SCLIENT-29: each failure has a type; closing twice is none. */
  @Test
  void whatCannotBeConnectedOrIsNotAnyMoreFailsByType() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertThatExceptionOfType(ConnectionLostException.class)
        .isThrownBy(() -> StompClient.connect("stomp://127.0.0.1:" + port));

    conversation();
    Connection connection = Connection.open(broker.uri());
    connection.close();
    connection.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> connection.send(connection.commands().begin("t")))
        .withMessageContaining("BEGIN is not allowed while the connection is CLOSED");
  }

  /** SCLIENT-16: the four queues are four kinds of events. */
  @Test
  void framesOfEachKindCanBeAwaitedByThemselves() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "1", "hello");
          peer.expect("ACK");
          peer.send("ERROR\nmessage:enough\n\n^@");
        });
    broker.otherwise(peer -> peer.subscribed("1.2"));
    RecordingListener recorder = new RecordingListener();
    try (StompClient client = Clients.fast(broker.uri()).listener("recorder", recorder).connect()) {
      client.subscribe("/queue/a", delivery -> {});

      recorder.await(Event.Connected.class, LIMIT);
      assertThat(recorder.await(Event.Receipt.class, LIMIT)).isNotNull();
      assertThat(recorder.awaitMessage(LIMIT).text()).isEqualTo("hello");
      assertThat(recorder.await(Event.BrokerError.class, LIMIT)).isNotNull();
    }
  }
}
