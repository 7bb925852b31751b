package io.stompbox.checks.kills;

import io.stompbox.checks.invariants.FrameTap;
import io.stompbox.checks.invariants.TappedTransport;
import io.stompbox.client.transport.Transport;
import io.stompbox.client.transport.TransportFactory;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Version;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the ACK frames on the wire, and among them those for a message that the same connection
 * did not bring, or whose ACK it has carried before. For STOMP 1.2.
 */
final class AckTap implements TransportFactory {
  private final TransportFactory transports;
  private final AtomicInteger acks = new AtomicInteger();
  private final AtomicInteger stale = new AtomicInteger();

  AckTap(TransportFactory transports) {
    this.transports = transports;
  }

  /** How many ACK frames were written. */
  int acks() {
    return acks.get();
  }

  /** How many of them were not for a message of their connection. */
  int stale() {
    return stale.get();
  }

  @Override
  public Transport create(BrokerAddress address) {
    return new Wire().around(transports.create(address));
  }

  /** One physical connection. */
  private final class Wire {
    /** What MESSAGE frames brought to be acknowledged and no ACK has named. */
    private final Set<String> unacknowledged = ConcurrentHashMap.newKeySet();

    private final FrameTap received = new FrameTap(Version.V1_2, this::onReceived);
    private final FrameTap sent = new FrameTap(Version.V1_2, this::onSent);

    private Transport around(Transport transport) {
      return new TappedTransport(transport, received, sent, () -> {});
    }

    private void onReceived(Frame frame) {
      if (frame.command().equals(Command.MESSAGE)) {
        unacknowledged.add(frame.require("ack"));
      }
    }

    private void onSent(Frame frame) {
      if (frame.command().equals(Command.ACK)) {
        acks.incrementAndGet();
        if (!unacknowledged.remove(frame.require("id"))) {
          stale.incrementAndGet();
        }
      }
    }
  }
}
