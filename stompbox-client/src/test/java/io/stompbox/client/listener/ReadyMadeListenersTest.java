package io.stompbox.client.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.client.StompClientBuilder;
import io.stompbox.client.StompTimeoutException;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The listeners that come with the client, on a connection that has some of everything. */
class ReadyMadeListenersTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration NOT_LONG = Duration.ofMillis(50);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  /** Open once the broker may send its heart-beat. */
  private final CountDownLatch quiet = new CountDownLatch(1);

  private StompClientBuilder client() {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.receiptFor(peer.expect("SEND"));
          peer.message(subscribe, "1", "four");
          peer.expect("ACK");
          quiet.await();
          peer.send("\n");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    return StompClient.builder(broker.uri()).credentials("kiln", "hunter2");
  }

  private void converse(StompClient client) throws InterruptedException {
    CountDownLatch handled = new CountDownLatch(1);
    client.subscribe("/queue/a", delivery -> handled.countDown());
    client.sendConfirmed(Outgoing.to("/queue/a").text("sixsix")).await(LIMIT);
    assertThat(handled.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void statisticsCountEverythingAndHaveASummary() throws Exception {
    StatisticsListener statistics = new StatisticsListener();
    RecordingListener recorded = new RecordingListener();
    try (StompClient client =
        client().listener("statistics", statistics).listener("recorded", recorded).connect()) {
      converse(client);
      recorded.awaitMessage(LIMIT);
      quiet.countDown();
      recorded.awaitHeartBeat(LIMIT);
    }
    assertThat(statistics.statistics()).isEqualTo(new Statistics(1, 1, 5, 6, 1, 4, 3, 0, 1, 0));
    assertThat(statistics)
        .hasToString(
            """
            connections:          1 (1 ended)
            frames sent:          5 (6 octets in bodies)
            messages:             1 (4 octets in bodies)
            receipts:             3
            errors:               0
            heart-beats:          1
            heart-beat time-outs: 0
            """);
  }

  @Test
  void aPrintedEventIsALineWithoutSecretsOrBodies() throws Exception {
    List<String> lines = new CopyOnWriteArrayList<>();
    quiet.countDown();
    try (StompClient client =
        client().listener("printing", PrintingListener.to(lines::add)).connect()) {
      converse(client);
    }
    assertThat(lines)
        .anyMatch(line -> line.startsWith("Connecting[broker=stomp://127.0.0.1:"))
        .anyMatch(line -> line.contains("SEND [destination:/queue/a") && line.contains("6 octets"))
        .anyMatch(line -> line.startsWith("Receipt[id=r-1]"))
        .noneMatch(
            line ->
                line.contains("hunter2")
                    || line.contains("kiln")
                    || line.contains("sixsix")
                    || line.contains("\n"));
  }

  @Test
  void aReceiptAndTheEndAreWaitedForWithALimit() throws Exception {
    WaitingListener waiting = new WaitingListener("r-2");
    quiet.countDown();
    try (StompClient client = client().listener("waiting", waiting).connect()) {
      assertThatThrownBy(() -> waiting.awaitReceipt(NOT_LONG))
          .isInstanceOf(StompTimeoutException.class)
          .hasMessage("no receipt 'r-2' within 50ms");
      assertThatThrownBy(() -> waiting.awaitDisconnected(NOT_LONG))
          .isInstanceOf(StompTimeoutException.class);

      converse(client);
      waiting.awaitReceipt(LIMIT);
    }
    assertThat(waiting.awaitDisconnected(LIMIT)).isEmpty();
  }

  @Test
  void aRecordingWaitSaysWhatCameInstead() throws Exception {
    RecordingListener recorded = new RecordingListener();
    quiet.countDown();
    try (StompClient client = client().listener("recorded", recorded).connect()) {
      converse(client);
      assertThat(recorded.awaitMessage(LIMIT).text()).isEqualTo("four");
      assertThatThrownBy(() -> recorded.awaitMessage(NOT_LONG))
          .isInstanceOf(StompTimeoutException.class)
          .hasMessageStartingWith("no Message within 50ms, but [Connecting[");
      assertThat(recorded.await(Event.Receipt.class, LIMIT).id()).isEqualTo("r-1");
      assertThat(recorded.await(Event.Receipt.class, LIMIT).id()).isEqualTo("r-2");
    }
  }
}
