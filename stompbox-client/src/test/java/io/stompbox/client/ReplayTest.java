package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which subscriptions are made again on which connection. */
class ReplayTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  /** Each connection but the last is reset as soon as so many SUBSCRIBEs have come. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 5})
  void eachConnectionGetsOneSubscribeForEachId(int before) throws Exception {
    List<List<String>> ids = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 3; i++) {
      broker.onConnection(
          peer -> {
            peer.handshake("1.2");
            List<String> mine = new ArrayList<>();
            ids.add(mine);
            for (int n = 0; n < before; n++) {
              mine.add(peer.expect("SUBSCRIBE").require("id"));
            }
            peer.reset();
          });
    }
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          List<String> mine = new ArrayList<>();
          ids.add(mine);
          Frame frame = peer.next().orElseThrow();
          while (!frame.command().name().equals("SEND")) {
            mine.add(frame.require("id"));
            peer.receiptFor(frame);
            frame = peer.next().orElseThrow();
          }
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      List<FutureTask<Subscription>> subscribers = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        SubscribeOptions how = SubscribeOptions.defaults().withId("s" + i);
        subscribers.add(new FutureTask<>(() -> client.subscribe("/queue/a", how)));
        new Thread(subscribers.get(i)).start();
      }
      for (FutureTask<Subscription> subscriber : subscribers) {
        assertThat(subscriber.get(LIMIT.toSeconds(), TimeUnit.SECONDS).isOpen()).isTrue();
      }
      client.send("/queue/x", "the end");
      broker.assertScriptsDone();
    }
    assertThat(ids).hasSize(4).allSatisfy(mine -> assertThat(mine).doesNotHaveDuplicates());
    assertThat(ids.get(3)).containsExactlyInAnyOrder("s0", "s1", "s2", "s3", "s4");
  }

  @Test
  void aSubscriptionThatIsRefusedByNameWhenItIsMadeAgainEndsAlone() throws Exception {
    List<String> last = new CopyOnWriteArrayList<>();
    broker.onConnection(
        peer -> {
          peer.subscribed("1.2");
          peer.receiptFor(peer.expect("SUBSCRIBE"));
          peer.reset();
        });
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          String receipt = peer.expect("SUBSCRIBE").require("receipt");
          peer.send("ERROR\nreceipt-id:" + receipt + "\nmessage:no longer yours\n\n^@");
          peer.expectEnd();
        });
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame frame = peer.next().orElseThrow();
          while (!frame.command().name().equals("SEND")) {
            last.add(frame.require("id"));
            frame = peer.next().orElseThrow();
          }
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      SubscribeOptions defaults = SubscribeOptions.defaults();
      Subscription refused = client.subscribe("/queue/a", defaults.withId("refused"));
      Subscription other = client.subscribe("/queue/b", defaults.withId("other"));

      assertThatThrownBy(() -> refused.receive(LIMIT))
          .isInstanceOf(BrokerErrorException.class)
          .hasMessageContaining("no longer yours");
      await().atMost(LIMIT).until(() -> client.epoch() == 3);
      client.send("/queue/x", "the end");
      broker.assertScriptsDone();

      assertThat(refused.failure()).containsInstanceOf(BrokerErrorException.class);
      assertThat(other.isOpen()).isTrue();
      assertThat(other.failure()).isEmpty();
      assertThat(last).containsExactly("other");
      assertThat(client.epoch()).isEqualTo(3);
    }
  }

  /** RabbitMQ answers a SUBSCRIBE that it refuses with both, in this order. */
  @Test
  void aReceiptThatComesBehindAnErrorIsNotBelieved() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          String receipt = peer.expect("SUBSCRIBE").require("receipt");
          peer.send(
              "ERROR\nmessage:precondition_failed\n\n^@RECEIPT\nreceipt-id:" + receipt + "\n\n^@");
          peer.expectEnd();
        });
    broker.onConnection(peer -> assertThat(peer.handshake("1.2")).isNotNull());
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      assertThatThrownBy(() -> client.subscribe("/queue/a"))
          .isInstanceOf(BrokerErrorException.class)
          .hasMessageContaining("precondition_failed");
      await().atMost(LIMIT).until(() -> client.epoch() == 2);
    }
  }

  /** Its handler still runs on the next connection, where it was never made. */
  @Test
  void aSubscriptionThatIsClosedWhileTheConnectionIsLostIsNeitherMadeNorUnmadeOnTheNext()
      throws Exception {
    CountDownLatch inHandler = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    List<String> commands = new CopyOnWriteArrayList<>();
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "1", "x");
          inHandler.await();
          peer.expect("SEND");
          peer.reset();
        });
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          commands.add(peer.next().orElseThrow().command().name());
          peer.expectEnd();
        });
    try (StompClient client =
        Clients.fast(broker.uri()).timeouts(Timeouts.defaults().withClose(LIMIT)).connect()) {
      Subscription subscription =
          client.subscribe(
              "/queue/a",
              delivery -> {
                inHandler.countDown();
                goOn.await();
              });
      inHandler.await();
      Thread closer = new Thread(subscription::close);
      closer.start();
      await().atMost(LIMIT).until(() -> !subscription.isOpen());
      client.send("/queue/x", "lose it");
      await().atMost(LIMIT).until(() -> client.epoch() == 2);
      goOn.countDown();
      closer.join(LIMIT.toMillis());
      client.send("/queue/x", "nothing came before");
      client.close(Duration.ofMillis(300));
      broker.assertScriptsDone();
    }
    assertThat(commands).containsExactly("SEND");
  }

  @Test
  void aMessageForAnUnknownSubscriptionIsCountedAndLeftAlone() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.send("MESSAGE\nsubscription:nobody\nmessage-id:1\nack:1\ndestination:/q\n\nx^@");
          peer.send("RECEIPT\nreceipt-id:nobody\n\n^@");
          peer.message(subscribe, "2", "for somebody");
          assertThat(peer.expect("ACK").require("id")).isEqualTo("2");
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.subscribe("/queue/a", delivery -> {});
      broker.assertScriptsDone();

      assertThat(client.received()).isEqualTo(new ReceiveCounts(2, 1, 0, 0, 0, 0));
      assertThat(client.epoch()).isEqualTo(1);
    }
  }

  /** Frames that only a client sends, or that open a connection, end it with the reason. */
  @ParameterizedTest
  @ValueSource(strings = {"CONNECTED\nversion:1.2\n\n^@", "RECEIPT\n\n^@"})
  void aFrameInAnImpossiblePlaceEndsTheConnectionAndNotTheSubscription(String frame)
      throws Exception {
    List<Optional<Throwable>> causes = new CopyOnWriteArrayList<>();
    broker.onConnection(
        peer -> {
          peer.subscribed("1.2");
          peer.send(frame);
          peer.expectEnd();
        });
    broker.onConnection(
        peer -> {
          peer.message(peer.subscribed("1.2"), "1", "after it");
          peer.expect("ACK");
        });
    try (StompClient client =
        Clients.fast(broker.uri())
            .onStateChange(
                change -> {
                  if (change.to() == ClientState.RECOVERING) {
                    causes.add(change.cause());
                  }
                })
            .connect()) {
      client.subscribe("/queue/a", delivery -> {});
      broker.assertScriptsDone();
    }
    assertThat(causes)
        .singleElement()
        .satisfies(cause -> assertThat(cause).containsInstanceOf(ProtocolException.class));
  }
}
