package io.stompbox.checks.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.client.transport.Transport;
import io.stompbox.client.transport.TransportFactory;
import io.stompbox.protocol.failover.FailoverUri;
import io.stompbox.testkit.ScriptedBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a client writes that no message, receipt or send stands for is counted. */
class WireTallyTest {
  private final WireTally tally = new WireTally(TransportFactory.sockets());

  @Test
  void anAcknowledgementOfWhatAnotherConnectionBroughtIsStale() throws Exception {
    try (ScriptedBroker broker = ScriptedBroker.start()) {
      for (String id : new String[] {"m-1", "m-2"}) {
        broker.onConnection(
            peer -> {
              peer.send("CONNECTED\nversion:1.2\n\n^@MESSAGE\nmessage-id:" + id + "\n\n^@");
              peer.expectEnd();
            });
      }
      talk(broker, "ACK\nid:m-1\n\n\0");
      talk(broker, "ACK\nid:m-1\n\n\0NACK\nid:m-2\n\n\0");
      broker.assertScriptsDone();
    }

    assertThat(tally.messages()).isEqualTo(2);
    assertThat(tally.acks()).isEqualTo(3);
    assertThat(tally.staleAcks()).isEqualTo(1);
    assertThat(tally.longestOutage()).isPositive();
  }

  @Test
  void countsSendsByTheirReceipts() throws Exception {
    try (ScriptedBroker broker = ScriptedBroker.start()) {
      broker.onConnection(
          peer -> {
            peer.send("CONNECTED\nversion:1.1\n\n^@RECEIPT\nreceipt-id:r\\c1\n\n^@");
            peer.expectEnd();
          });
      talk(broker, "SEND\nreceipt:r\\c1\n\n\0SEND\nreceipt:r\\c1\n\n\0SEND\nreceipt:2\n\n\0");
      broker.assertScriptsDone();
    }

    assertThat(tally.sends()).isEqualTo(2);
    assertThat(tally.sentAgain()).isEqualTo(1);
    assertThat(tally.receipted()).isEqualTo(1);
  }

  @Test
  void aSecondSubscribeForAnIdOfTheSameConnectionIsCounted() throws Exception {
    try (ScriptedBroker broker = ScriptedBroker.start()) {
      for (int connection = 0; connection < 2; connection++) {
        broker.onConnection(
            peer -> {
              peer.send("CONNECTED\nversion:1.2\n\n^@");
              peer.expectEnd();
            });
      }
      String subscribe = "SUBSCRIBE\nid:1\n\n\0";
      talk(broker, subscribe + "UNSUBSCRIBE\nid:1\n\n\0" + subscribe);
      assertThat(tally.subscribedTwice()).isZero();
      talk(broker, subscribe + subscribe);
      broker.assertScriptsDone();
    }

    assertThat(tally.subscribedTwice()).isEqualTo(1);
  }

  /** Reads what the broker says first, then writes. */
  private void talk(ScriptedBroker broker, String text) throws Exception {
    try (Transport transport = tally.create(FailoverUri.parse(broker.uri()).brokers().get(0))) {
      transport.open(Duration.ofSeconds(10));
      byte[] octets = new byte[1000];
      int read = transport.read(octets, 0, octets.length);
      assertThat(new String(octets, 0, read, StandardCharsets.UTF_8)).startsWith("CONNECTED");
      byte[] written = text.getBytes(StandardCharsets.UTF_8);
      transport.write(written, 0, written.length);
    }
  }
}
