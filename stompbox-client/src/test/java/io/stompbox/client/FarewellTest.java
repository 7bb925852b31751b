package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** DISCONNECT with a receipt of the client's, with the program's own, and without. */
class FarewellTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  @Test
  void aClientAsksForTheReceiptThatTheProgramNames() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame disconnect = peer.expect("DISCONNECT");
          assertThat(disconnect.require("receipt")).isEqualTo("bye");
          peer.receiptFor(disconnect);
          peer.expectEnd();
        });
    CloseReport report =
        Clients.fast(broker.uri()).connect().close(LIMIT, new Farewell.Confirmed("bye"));

    assertThat(report.drained()).isTrue();
    assertThat(report.failure()).isEmpty();
    broker.assertScriptsDone();
  }

  @Test
  void aClientEndsOnceADisconnectWithoutReceiptIsWrittenBehindAllElse() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expect("SEND");
          assertThat(peer.expect("DISCONNECT").headers().has("receipt")).isFalse();
          peer.expectEnd();
        });
    StompClient client = Clients.fast(broker.uri()).connect();
    client.send("/queue/a", "x");
    CloseReport report = client.close(LIMIT, new Farewell.Unconfirmed());

    assertThat(report.drained()).isTrue();
    assertThat(report.failure()).isEmpty();
    broker.assertScriptsDone();
  }

  @Test
  void aConnectionAsksForTheReceiptThatTheProgramNames() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame disconnect = peer.expect("DISCONNECT");
          assertThat(disconnect.require("receipt")).isEqualTo("bye");
          peer.receiptFor(disconnect);
          peer.expectEnd();
        });
    Connection.open(broker.uri()).close(new Farewell.Confirmed("bye"));
    broker.assertScriptsDone();
  }

  @Test
  void aConnectionEndsOnceADisconnectWithoutReceiptIsWritten() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          assertThat(peer.expect("DISCONNECT").headers().has("receipt")).isFalse();
          peer.expectEnd();
        });
    Connection.open(broker.uri()).close(new Farewell.Unconfirmed());
    broker.assertScriptsDone();
  }

  @Test
  void anEmptyReceiptIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Farewell.Confirmed(""))
        .withMessageContaining("null makes one");
  }
}
