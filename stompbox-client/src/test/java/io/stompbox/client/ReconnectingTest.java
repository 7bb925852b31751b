package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompbox.protocol.failover.BackOff;
import io.stompbox.protocol.failover.BackOff.Jitter;
import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a next connection begins with, when it comes, and programs that make it themselves. */
class ReconnectingTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  @Test
  void openSubscriptionsAreMadeAgainAsTheyWereAndInTheirOrder() throws Exception {
    BlockingQueue<Frame> first = new LinkedBlockingQueue<>();
    BlockingQueue<Frame> again = new LinkedBlockingQueue<>();
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          for (int i = 0; i < 3; i++) {
            first.add(peer.expect("SUBSCRIBE"));
            peer.receiptFor(first.stream().reduce((before, last) -> last).orElseThrow());
          }
          peer.expect("UNSUBSCRIBE");
          first.add(peer.expect("SUBSCRIBE"));
          peer.receiptFor(first.stream().reduce((before, last) -> last).orElseThrow());
          peer.reset();
        });
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          for (int i = 0; i < 3; i++) {
            again.add(peer.expect("SUBSCRIBE"));
            peer.receiptFor(again.stream().reduce((before, last) -> last).orElseThrow());
          }
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    StompClient client = builder(ReconnectPolicy.standard().with(delay(1))).connect();
    SubscribeOptions options = SubscribeOptions.defaults();
    client.subscribe("/queue/a", options.withId("1").withHeader("selector", "x = 'y'"));
    Subscription closed = client.subscribe("/queue/b", options.withId("2"));
    client.subscribe("/queue/c", options.withId("3").with(Acknowledgement.BROKER));
    closed.close();
    client.subscribe("/queue/b2", options.withId("2"));
    await().atMost(LIMIT).until(() -> client.epoch() == 2);
    client.close();
    broker.assertScriptsDone();

    List<Frame> wanted = new ArrayList<>(first);
    wanted.remove(1);
    assertThat(again.stream().map(ReconnectingTest::withoutReceipt))
        .containsExactlyElementsOf(wanted.stream().map(ReconnectingTest::withoutReceipt).toList());
  }

  private static Frame withoutReceipt(Frame frame) {
    return new Frame(
        frame.command(), frame.headers().toBuilder().remove("receipt").build(), frame.body());
  }

  @Test
  void delaysAreKeptAndNotRoundedUp() throws Exception {
    BlockingQueue<Long> times = new LinkedBlockingQueue<>();
    for (int i = 0; i < 10; i++) {
      broker.onConnection(
          peer -> {
            peer.handshake("1.2");
            times.add(System.nanoTime());
            peer.reset();
          });
    }
    try (StompClient client = builder(ReconnectPolicy.standard().with(delay(50))).connect()) {
      broker.assertScriptsDone();
      assertThat(client.epoch()).isPositive();
    }
    List<Long> gaps = new ArrayList<>();
    List<Long> all = List.copyOf(times);
    for (int i = 1; i < all.size(); i++) {
      gaps.add((all.get(i) - all.get(i - 1)) / 1_000_000);
    }

    assertThat(gaps).allMatch(millis -> millis >= 50);
    assertThat(gaps).as("one of them is not late").anyMatch(millis -> millis < 100);
  }

  @Test
  void aProgramMayConnectAgainFromItsListenerAsOftenAsItLikes() throws Exception {
    int times = 100;
    List<StompClient> clients = new CopyOnWriteArrayList<>();
    for (int i = 0; i < times; i++) {
      broker.onConnection(
          peer -> {
            peer.handshake("1.2");
            peer.reset();
          });
    }
    broker.onConnection(peer -> peer.handshake("1.2"));

    connectAgainAfterEachLoss(clients);

    await().atMost(LIMIT).until(() -> clients.size() == times + 1);
    broker.assertScriptsDone();
    assertThat(clients.get(times).state()).isEqualTo(ClientState.CONNECTED);
    clients.forEach(StompClient::close);
  }

  private void connectAgainAfterEachLoss(List<StompClient> clients) {
    clients.add(
        builder(ReconnectPolicy.never())
            .onStateChange(
                change -> {
                  if (change.to() == ClientState.FAILED) {
                    connectAgainAfterEachLoss(clients);
                  }
                })
            .connect());
  }

  @Test
  void anErrorFailsWhatIsPendingWhenThereIsNoNextConnection() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expect("SEND");
          peer.expect("SEND");
          peer.send("ERROR\nmessage:out of disk\n\n^@");
          peer.expectEnd();
        });
    try (StompClient client = builder(ReconnectPolicy.never()).connect()) {
      List<Confirmation> pending =
          List.of(
              client.sendConfirmed(Outgoing.to("/queue/a")),
              client.sendConfirmed(Outgoing.to("/queue/a")));
      for (Confirmation confirmation : pending) {
        assertThat(confirmation.awaitOutcome(LIMIT))
            .isInstanceOfSatisfying(
                Outcome.Unknown.class,
                unknown ->
                    assertThat(unknown.cause())
                        .isInstanceOf(BrokerErrorException.class)
                        .hasMessageContaining("out of disk"));
      }
    }
  }

  private StompClientBuilder builder(ReconnectPolicy policy) {
    return StompClient.builder(broker.uri())
        .timeouts(Timeouts.defaults().withClose(Duration.ofMillis(300)))
        .reconnect(policy);
  }

  private static BackOff delay(int millis) {
    return new BackOff(Duration.ofMillis(millis), Duration.ofMillis(millis), 1, new Jitter.None());
  }
}
