package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.StompException;
import io.stompbox.protocol.frame.Version;
import io.stompbox.protocol.session.Commands;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** When a program has left its broker in good order, whatever the broker does after that. */
class DepartureTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int EPOCH = 1;

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  @Test
  void itIsConfirmedByTheReceiptOfTheFarewell() throws Exception {
    Outbox outbox = new Outbox(Bounds.defaults(), TimeSource.system());
    outbox.start(EPOCH, List.of());
    Goodbye goodbye =
        new Goodbye(outbox, new Receipts(Runnable::run), Commands.of(Version.V1_2), EPOCH);
    Departure departure = new Departure();
    departure.begin();
    assertThat(departure.isConfirmed()).as("before it is said").isFalse();

    FutureTask<Void> leaving =
        new FutureTask<>(
            () -> {
              departure.say(goodbye, new Farewell.Confirmed("bye"), LIMIT);
              return null;
            });
    new Thread(leaving).start();
    await().atMost(LIMIT).until(() -> outbox.size() == 1);
    assertThat(departure.isConfirmed()).as("before the answer").isFalse();

    assertThat(outbox.resolution().confirm("bye", EPOCH)).isTrue();
    leaving.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    assertThat(departure.isConfirmed()).isTrue();
    outbox.close(Reconnector.closed());
  }

  @Test
  void whatABrokerSaysAfterItsReceiptIsNoReasonForTheEnd() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame disconnect = peer.expect("DISCONNECT");
          // Together, so that the client can't close between them.
          peer.send(
              "RECEIPT\nreceipt-id:%s\n\n^@ERROR\nmessage:too late\n\n^@"
                  .formatted(disconnect.require("receipt")));
          peer.expectEnd();
        });
    List<String> ends = new CopyOnWriteArrayList<>();
    ClientObserver observer =
        new ClientObserver() {
          @Override
          public void onDisconnected(int epoch, Optional<StompException> cause) {
            ends.add(epoch + " " + cause);
          }
        };
    CloseReport report = Clients.fast(broker.uri()).observer(observer).connect().close(LIMIT);

    assertThat(report.failure()).isEmpty();
    assertThat(ends).containsExactly("1 Optional.empty");
    broker.assertScriptsDone();
  }
}
