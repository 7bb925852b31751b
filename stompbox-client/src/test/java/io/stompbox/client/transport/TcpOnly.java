package io.stompbox.client.transport;

import io.stompbox.client.Connection;
import io.stompbox.testkit.ScriptedBroker;

/** A program that uses TCP and nothing else. */
public final class TcpOnly {
  private TcpOnly() {}

  /** Connects and closes. */
  public static void main(String[] arguments) {
    try (ScriptedBroker broker = ScriptedBroker.start()) {
      broker.onConnection(
          peer -> {
            peer.handshake("1.2");
            peer.receiptFor(peer.expect("DISCONNECT"));
          });
      Connection.open(broker.uri()).close();
    }
  }
}
