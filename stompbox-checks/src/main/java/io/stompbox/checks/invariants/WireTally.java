package io.stompbox.checks.invariants;

import io.stompbox.client.transport.Transport;
import io.stompbox.client.transport.TransportFactory;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Version;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts what one client sends and receives on all its connections. Keeps an id of each message in
 * memory. Safe to share between threads.
 */
final class WireTally implements TransportFactory {
  private final TransportFactory transports;

  /** How often each SEND was written, by its receipt header. Guarded by this. */
  private final Map<String, Integer> copies = new HashMap<>();

  /** What RECEIPT frames named. Guarded by this. */
  private final Set<String> receipts = new HashSet<>();

  /** SEND frames with a transaction header. Guarded by this. */
  private long inTransactions;

  /** MESSAGE frames. Guarded by this. */
  private long messages;

  /** ACK and NACK frames. Guarded by this. */
  private long acks;

  /** Those that did not name a message of their connection. Guarded by this. */
  private long staleAcks;

  /** SUBSCRIBE frames for an id that was subscribed already on its connection. Guarded by this. */
  private long subscribedTwice;

  /** When a connection ended that had been made, in nanoTime; 0 after the next. Guarded by this. */
  private long lostAt;

  /** The longest time without a connection between two. Guarded by this. */
  private long longestOutage;

  WireTally(TransportFactory transports) {
    this.transports = transports;
  }

  /** How many different SEND frames asked for a receipt. */
  synchronized long sends() {
    return copies.size();
  }

  /** How many of them got it. */
  synchronized long receipted() {
    return copies.keySet().stream().filter(receipts::contains).count();
  }

  /** How many copies of them were written besides the first. */
  synchronized long sentAgain() {
    return copies.values().stream().mapToLong(Integer::longValue).sum() - copies.size();
  }

  synchronized long inTransactions() {
    return inTransactions;
  }

  synchronized long messages() {
    return messages;
  }

  synchronized long acks() {
    return acks;
  }

  synchronized long staleAcks() {
    return staleAcks;
  }

  synchronized long subscribedTwice() {
    return subscribedTwice;
  }

  synchronized Duration longestOutage() {
    return Duration.ofNanos(longestOutage);
  }

  @Override
  public Transport create(BrokerAddress address) {
    return new Wire().around(transports.create(address));
  }

  private synchronized void connected() {
    if (lostAt != 0) {
      longestOutage = Math.max(longestOutage, System.nanoTime() - lostAt);
      lostAt = 0;
    }
  }

  private synchronized void lost() {
    if (lostAt == 0) {
      lostAt = System.nanoTime();
    }
  }

  private synchronized void sent(Frame frame) {
    if (frame.headers().has("transaction")) {
      inTransactions++;
    }
    frame.headers().value("receipt").ifPresent(id -> copies.merge(id, 1, Integer::sum));
  }

  private synchronized void receipt(Frame frame) {
    frame.headers().value("receipt-id").ifPresent(receipts::add);
  }

  private synchronized void message() {
    messages++;
  }

  private synchronized void ack(boolean isOfThisConnection) {
    acks++;
    staleAcks += isOfThisConnection ? 0 : 1;
  }

  private synchronized void subscribe(boolean isAnother) {
    subscribedTwice += isAnother ? 0 : 1;
  }

  /** One physical connection. */
  private final class Wire {
    /** What an acknowledgement may name: the ids that MESSAGE frames brought. */
    private final Set<String> delivered = ConcurrentHashMap.newKeySet();

    /** Ids of subscriptions. */
    private final Set<String> subscribed = ConcurrentHashMap.newKeySet();

    private final FrameTap received = new FrameTap(Version.V1_2, this::onReceived);
    private final FrameTap sent = new FrameTap(Version.V1_2, this::onSent);

    /** Set with CONNECTED. */
    private volatile boolean isMade;

    private Transport around(Transport transport) {
      return new TappedTransport(transport, received, sent, this::onEnded);
    }

    private void onEnded() {
      if (isMade) {
        lost();
      }
    }

    private void onReceived(Frame frame) {
      Command command = frame.command();
      if (command.equals(Command.CONNECTED)) {
        Version version =
            frame.headers().value("version").flatMap(Version::of).orElse(Version.V1_0);
        received.version(version);
        sent.version(version);
        isMade = true;
        connected();
      } else if (command.equals(Command.MESSAGE)) {
        frame.headers().value("ack").ifPresent(delivered::add);
        frame.headers().value("message-id").ifPresent(delivered::add);
        message();
      } else if (command.equals(Command.RECEIPT)) {
        receipt(frame);
      }
    }

    private void onSent(Frame frame) {
      Command command = frame.command();
      if (command.equals(Command.SEND)) {
        WireTally.this.sent(frame);
      } else if (command.equals(Command.SUBSCRIBE)) {
        subscribe(
            subscribed.add(
                frame
                    .headers()
                    .value("id")
                    .or(() -> frame.headers().value("destination"))
                    .orElse("")));
      } else if (command.equals(Command.UNSUBSCRIBE)) {
        subscribed.remove(frame.headers().value("id").orElse(""));
      } else if (command.equals(Command.ACK) || command.equals(Command.NACK)) {
        String id =
            frame.headers().value("id").or(() -> frame.headers().value("message-id")).orElse("");
        ack(delivered.contains(id));
      }
    }
  }
}
