package io.stompbox.client.jfr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.ScriptedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a recording has of a client. */
class JfrObserverTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();
  @TempDir private Path folder;

  @Test
  void aRecordingHasConnectionsStatesOutcomesAndSlowHandlers() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.receiptFor(peer.expect("SEND"));
          peer.message(subscribe, "1", "x");
          peer.expect("NACK");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    Path file = folder.resolve("client.jfr");
    try (Recording recording = new Recording()) {
      recording.start();
      converse();
      recording.stop();
      recording.dump(file);
    }
    broker.assertScriptsDone();
    List<RecordedEvent> events = RecordingFile.readAllEvents(file);

    assertThat(of("Connection", events))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getInt("epoch")).isEqualTo(1);
              assertThat(event.getString("broker")).isEqualTo(broker.uri());
              assertThat(event.getString("version")).isEqualTo("1.2");
              assertThat(event.getString("cause")).isNull();
              assertThat(event.getDuration()).isPositive();
            });
    assertThat(of("StateChange", events))
        .extracting(event -> event.getString("to"))
        .contains("CONNECTED", "DRAINING", "CLOSED");
    assertThat(of("SendOutcome", events))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getString("destination")).isEqualTo("/queue/a");
              assertThat(event.getString("outcome")).isEqualTo("Confirmed");
              assertThat(event.getDuration("elapsed")).isPositive();
            });
    assertThat(of("SlowHandler", events))
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.getClass("failure").getName())
                    .isEqualTo(ArithmeticException.class.getName()));
  }

  private void converse() throws InterruptedException {
    try (StompClient client =
        StompClient.builder(broker.uri()).observer(new JfrObserver(Duration.ZERO)).connect()) {
      CountDownLatch handled = new CountDownLatch(1);
      client.subscribe(
          "/queue/a",
          delivery -> {
            handled.countDown();
            throw new ArithmeticException("on purpose");
          });
      client.sendConfirmed(Outgoing.to("/queue/a")).await(LIMIT);
      assertThat(handled.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
  }

  private static List<RecordedEvent> of(String kind, List<RecordedEvent> events) {
    return events.stream()
        .filter(event -> event.getEventType().getName().equals("io.stompbox." + kind))
        .toList();
  }

  @Test
  void aNegativeLimitIsRefused() {
    assertThatThrownBy(() -> new JfrObserver(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("slow must not be negative: PT-0.001S");
  }
}
