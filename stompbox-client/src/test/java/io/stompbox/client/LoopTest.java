package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.ScriptedBroker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A loop over the messages of all subscriptions. */
class LoopTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  @Test
  void theFirstResultThatIsNotEmptyEndsItAndEachMessageIsAcknowledgedOnReturn() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "1", "no");
          peer.message(subscribe, "2", "yes");
          peer.message(subscribe, "3", "never seen");
          assertThat(peer.expect("ACK").require("id")).isEqualTo("1");
          assertThat(peer.expect("ACK").require("id")).isEqualTo("2");
          peer.expect("DISCONNECT");
        });
    try (StompClient client = connect()) {
      client.subscribe("/queue/a");

      Optional<String> found =
          client.loop(delivery -> Optional.of(delivery.text()).filter(text -> text.equals("yes")));

      assertThat(found).contains("yes");
    }
    broker.assertScriptsDone();
  }

  @Test
  void eachMessageHasTheLimitForItself() throws Exception {
    broker.onConnection(
        peer -> {
          peer.message(peer.subscribed("1.2"), "1", "in time");
          peer.expect("ACK");
          peer.expectEnd();
        });
    List<String> texts = new ArrayList<>();
    try (StompClient client = connect()) {
      client.subscribe("/queue/a");
      client.loop(
          delivery -> {
            texts.add(delivery.text());
            return Optional.of(true);
          });

      assertThatThrownBy(
              () ->
                  client.loop(
                      LoopOptions.defaults().withLimit(Duration.ofMillis(20)),
                      delivery -> Optional.of(true)))
          .isInstanceOf(StompTimeoutException.class)
          .hasMessageContaining("no message came within 20ms");
    }
    assertThat(texts).containsExactly("in time");
  }

  @Test
  void itEndsEmptyWhenTheClientIsClosed() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    StompClient client = connect();
    CountDownLatch looping = new CountDownLatch(1);
    FutureTask<Optional<String>> result =
        new FutureTask<>(
            () -> {
              looping.countDown();
              return client.loop(delivery -> Optional.of("never"));
            });
    new Thread(result).start();
    looping.await();
    client.close();

    assertThat(result.get()).isEmpty();
  }

  @Test
  void anErrorFrameIsGivenToTheHandlerAndMessagesComeAfterIt() throws Exception {
    CountDownLatch looping = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          peer.message(peer.subscribed("1.2"), "1", "first");
          looping.await();
          peer.send("ERROR\nmessage:out of memory\n\n^@");
          peer.expectEnd();
        });
    broker.onConnection(
        peer -> {
          peer.message(peer.subscribed("1.2"), "1", "last");
          peer.expect("ACK");
          peer.expect("DISCONNECT");
        });
    Recording handler = new Recording(looping);
    try (StompClient client = connect()) {
      client.subscribe("/queue/a");
      client.loop(handler);
    }
    assertThat(handler.heard).containsExactly("first", "out of memory", "last");
    broker.assertScriptsDone();
  }

  /** Writes down what it hears, until the last message. */
  private record Recording(CountDownLatch looping, List<String> heard)
      implements LoopHandler<Boolean, RuntimeException> {
    private Recording(CountDownLatch looping) {
      this(looping, new ArrayList<>());
    }

    @Override
    public Optional<Boolean> onMessage(Delivery delivery) {
      heard.add(delivery.text());
      looping.countDown();
      return Optional.of(true).filter(any -> delivery.text().equals("last"));
    }

    @Override
    public Optional<Boolean> onError(BrokerErrorException error) {
      heard.add(error.brokerWords());
      return Optional.empty();
    }
  }

  @Test
  void aMessageWhoseHandlerThrowsIsRefusedAndTheExceptionEndsTheLoop() throws Exception {
    broker.onConnection(
        peer -> {
          peer.message(peer.subscribed("1.2"), "1", "bad");
          assertThat(peer.expect("NACK").require("id")).isEqualTo("1");
          peer.expect("DISCONNECT");
        });
    try (StompClient client = connect()) {
      client.subscribe("/queue/a");

      assertThatThrownBy(
              () ->
                  client.loop(
                      delivery -> {
                        throw new IOException("cannot read " + delivery.text());
                      }))
          .isInstanceOf(IOException.class)
          .hasMessage("cannot read bad");
    }
    broker.assertScriptsDone();
  }

  @Test
  void messagesAreAcknowledgedInItsTransaction() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          String id = peer.expect("BEGIN").require("transaction");
          peer.message(subscribe, "1", "first");
          peer.message(subscribe, "2", "second");
          for (String message : List.of("1", "2")) {
            Frame ack = peer.expect("ACK");
            assertThat(ack.require("id")).isEqualTo(message);
            assertThat(ack.require("transaction")).isEqualTo(id);
          }
          Frame commit = peer.expect("COMMIT");
          assertThat(commit.require("transaction")).isEqualTo(id);
          peer.receiptFor(commit);
        });
    try (StompClient client = connect()) {
      client.subscribe("/queue/a");
      Transaction transaction = client.begin();
      client.loop(
          LoopOptions.defaults().withLimit(LIMIT).in(transaction),
          delivery -> Optional.of(delivery).filter(it -> it.text().equals("second")));
      transaction.commit();
      broker.assertScriptsDone();
    }
  }

  @Test
  void receiptsAreAwaitedWhileMessagesGoOnBeingDelivered() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          Frame send = peer.expect("SEND");
          peer.message(subscribe, "1", "before");
          peer.message(subscribe, "2", "before");
          assertThat(peer.expect("ACK").require("id")).isEqualTo("1");
          assertThat(peer.expect("ACK").require("id")).isEqualTo("2");
          peer.receiptFor(send);
          peer.message(subscribe, "3", "after");
          peer.expect("ACK");
        });
    try (StompClient client = connect()) {
      client.subscribe("/queue/a");
      Confirmation confirmation = client.sendConfirmed(Outgoing.to("/queue/b").text("x"));

      Optional<Boolean> wasConfirmed =
          client.loop(
              delivery ->
                  delivery.text().equals("before")
                      ? Optional.empty()
                      : Optional.of(confirmation.isDone()));

      assertThat(wasConfirmed).contains(true);
      broker.assertScriptsDone();
    }
  }

  @Test
  void oneLoopRunsAtATime() throws Exception {
    broker.onConnection(
        peer -> {
          peer.message(peer.subscribed("1.2"), "1", "x");
          peer.expect("ACK");
        });
    try (StompClient client = connect()) {
      client.subscribe("/queue/a");

      client.loop(
          delivery -> {
            assertThatThrownBy(() -> client.loop(inner -> Optional.of(true)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("another loop runs already");
            return Optional.of(true);
          });
      broker.assertScriptsDone();
    }
  }

  private StompClient connect() {
    return Clients.fast(broker.uri()).connect();
  }
}
