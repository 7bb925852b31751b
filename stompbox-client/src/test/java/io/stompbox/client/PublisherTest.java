package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.QueueBroker;
import io.stompbox.testkit.ScriptedBroker;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Clients that only send, and views that send to one destination. */
class PublisherTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  @Test
  void theFirstSendConnectsAndTheNextAfterDisconnectingConnectsAgain() throws Exception {
    for (String text : List.of("one", "two")) {
      broker.onConnection(
          peer -> {
            peer.handshake("1.2");
            assertThat(peer.expect("SEND").text()).isEqualTo(text);
            peer.receiptFor(peer.expect("DISCONNECT"));
            peer.expectEnd();
          });
    }
    try (Publisher publisher = Publisher.of(Clients.fast(broker.uri()))) {
      assertThat(publisher.isConnected()).isFalse();

      publisher.send("/queue/a", "one");
      assertThat(publisher.isConnected()).isTrue();
      publisher.disconnect();
      publisher.disconnect();
      assertThat(publisher.isConnected()).isFalse();
      publisher.send("/queue/a", "two");
    }
    broker.assertScriptsDone();
  }

  @Test
  void threadsThatSendFirstAtTheSameTimeShareOneConnection() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          for (int i = 0; i < 8; i++) {
            peer.expect("SEND");
          }
        });
    CountDownLatch go = new CountDownLatch(1);
    try (Publisher publisher = Publisher.of(Clients.fast(broker.uri()))) {
      List<Thread> threads =
          IntStream.range(0, 8)
              .mapToObj(
                  i ->
                      new Thread(
                          () -> {
                            awaitQuietly(go);
                            publisher.send("/queue/a", "" + i);
                          }))
              .toList();
      threads.forEach(Thread::start);
      go.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
      broker.assertScriptsDone();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aFailedConnectFailsTheSendAndTheNextOneTriesAgain() throws Exception {
    broker.onConnection(
        peer -> {
          peer.expect("CONNECT");
          peer.send("ERROR\nmessage:not yet\n\n^@");
        });
    broker.otherwise(new QueueBroker()::serve);
    try (Publisher publisher = Publisher.of(Clients.fast(broker.uri()))) {
      assertThatExceptionOfType(BrokerErrorException.class)
          .isThrownBy(() -> publisher.send("/queue/a", "one"));

      publisher.sendConfirmed(Outgoing.to("/queue/a").text("two")).await(LIMIT);
    }
  }

  @Test
  void closingDoesNotWaitForAConnectionThatIsBeingMade() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          asked.countDown();
          closed.await();
          peer.handshake("1.2");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    Publisher publisher = Publisher.of(Clients.fast(broker.uri()));
    FutureTask<Void> sending =
        new FutureTask<>(
            () -> {
              publisher.send("/queue/a", "late");
              return null;
            });
    new Thread(sending).start();
    asked.await();
    publisher.close();
    closed.countDown();

    assertThatThrownBy(sending::get).cause().hasMessage("the publisher is closed");
    broker.assertScriptsDone();
  }

  @Test
  void oneThatIsClosedSendsNothing() {
    Publisher publisher = Publisher.to(broker.uri());
    publisher.close();

    assertThatExceptionOfType(ConnectionLostException.class)
        .isThrownBy(() -> publisher.send("/queue/a", "late"))
        .withMessage("the publisher is closed")
        .matches(e -> e.sent() == ConnectionLostException.Sent.NOT_SENT);
  }

  @Test
  void itHasNoSubscriptionsAndItsMessagesAskForNoReceiptByThemselves() {
    assertThat(Stream.of(Publisher.class.getMethods()).map(Method::getName))
        .noneMatch(name -> name.toLowerCase(Locale.ROOT).contains("subscri"))
        .contains("send", "sendConfirmed", "begin");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Outgoing.to("/queue/a").header("receipt", "r-1"))
        .withMessageContaining("there are methods for what it means");
  }

  @Test
  void transactionsConnectToo() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          String first = peer.expect("BEGIN").require("transaction");
          assertThat(peer.expect("SEND").require("transaction")).isEqualTo(first);
          peer.receiptFor(peer.expect("COMMIT"));
          peer.expect("BEGIN");
          peer.expect("ABORT");
        });
    try (Publisher publisher = Publisher.of(Clients.fast(broker.uri()))) {
      publisher.inTransaction(transaction -> transaction.send("/queue/a", "1"));
      publisher.begin().abort();
      publisher.flush(LIMIT);
      broker.assertScriptsDone();
    }
  }

  @Test
  void aViewOfOneDestinationHasDefaultsForWhatItsMessagesHaveInCommon() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame json = peer.expect("SEND");
          assertThat(json.headers().asMap())
              .containsEntry("destination", "/queue/a")
              .containsEntry("content-type", "application/json")
              .containsEntry("persistent", "true")
              .containsEntry("shop", "7");
          assertThat(json.text()).isEqualTo("{}");
          Frame octets = peer.expect("SEND");
          assertThat(octets.headers().asMap()).doesNotContainKey("persistent");
          peer.receiptFor(octets);
          Frame own = peer.expect("SEND");
          assertThat(own.require("priority")).isEqualTo("9");
          peer.receiptFor(own);
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      DestinationPublisher plain = client.publisher("/queue/a");
      DestinationPublisher orders =
          plain.contentType("application/json").persistent().header("shop", "7");

      orders.send("{}");
      plain.sendConfirmed(new byte[] {1, 2}).await(LIMIT);
      plain.sendConfirmed(plain.message().header("priority", "9")).await(LIMIT);

      assertThatIllegalArgumentException()
          .isThrownBy(() -> plain.sendConfirmed(Outgoing.to("/queue/b")))
          .withMessageContaining("sends to /queue/a, not to /queue/b");
      broker.assertScriptsDone();
    }
  }
}
