package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.client.transport.Transport;
import io.stompbox.testkit.MemoryConnection;
import io.stompbox.testkit.ScriptedBroker;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client and a scripted broker in one process, without a socket between them. */
@Timeout(60)
class InMemoryTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @Test
  void theClientRecoversAsItDoesOverSockets() throws Exception {
    try (ScriptedBroker broker = ScriptedBroker.start()) {
      broker.onConnection(
          peer -> {
            peer.handshake("1.2");
            peer.expect("SEND");
            peer.reset();
          });
      broker.onConnection(
          peer -> {
            peer.handshake("1.2");
            peer.receiptFor(peer.expect("SEND"));
            peer.receiptFor(peer.expect("DISCONNECT"));
          });
      try (StompClient client =
          Clients.fast("stomp://in-memory:1")
              .connect(
                  ConnectOptions.defaults()
                      .with(address -> new InMemory(broker.connectInMemory(), () -> {})))
              .connect()) {
        Confirmation confirmation = client.sendConfirmed(Outgoing.to("/queue/a").text("x"));

        assertThat(confirmation.await(LIMIT)).isEqualTo(new Outcome.Confirmed(2, 2, true));
      }
      broker.assertScriptsDone();
    }
  }

  @Test
  void aTransportThatFailsWhenItIsClosedKeepsNobodyFromRecovering() throws Exception {
    try (ScriptedBroker broker = ScriptedBroker.start()) {
      for (int i = 0; i < 2; i++) {
        broker.onConnection(
            peer -> {
              peer.handshake("1.2");
              peer.expect("SEND");
              peer.reset();
            });
      }
      broker.onConnection(
          peer -> {
            peer.handshake("1.2");
            peer.receiptFor(peer.expect("SEND"));
          });
      try (StompClient client =
          Clients.fast("stomp://in-memory:1")
              .connect(ConnectOptions.defaults().with(address -> failing(broker)))
              .connect()) {
        Confirmation confirmation = client.sendConfirmed(Outgoing.to("/queue/a").text("x"));

        assertThat(confirmation.await(LIMIT).epoch()).isEqualTo(3);
      }
    }
  }

  /** A transport as a program may have written it. */
  private static Transport failing(ScriptedBroker broker) {
    return new InMemory(
        broker.connectInMemory(),
        () -> {
          throw new IllegalStateException("on purpose");
        });
  }

  /** How a client is given a connection of the test kit. */
  private record InMemory(MemoryConnection connection, Runnable afterClose) implements Transport {
    @Override
    public void open(Duration limit) {
      // It was opened by the broker.
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return connection.input().read(target, offset, length);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      connection.output().write(source, offset, length);
    }

    @Override
    public void close() {
      connection.close();
      afterClose.run();
    }
  }
}
