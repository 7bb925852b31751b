package io.stompbox.client;

import io.stompbox.protocol.frame.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What a kind of broker does in its own way. All such knowledge is here, as data.
 *
 * @param name the kind
 * @param prefetchHeader the SUBSCRIBE header that limits messages under way; null if it has none
 * @param octetsPerMessage what one message counts in that header; 0 if it counts messages
 * @param wireIdPerEpoch whether a subscription needs another id on each connection. RabbitMQ builds
 *     ack ids from the subscription's id and a counter that restarts, and takes an old connection's
 *     ack for the message that has the same id now
 * @param acksInTransactions whether an ACK with a transaction header waits for its COMMIT. Artemis
 *     ignores the header and acknowledges at once
 */
public record BrokerProfile(
    String name,
    @Nullable String prefetchHeader,
    int octetsPerMessage,
    boolean wireIdPerEpoch,
    boolean acksInTransactions) {

  /** A broker that nothing is known of. */
  public static final BrokerProfile GENERIC = new BrokerProfile("generic", null, 0, false, true);

  /** ActiveMQ Classic. */
  public static final BrokerProfile ACTIVEMQ =
      new BrokerProfile("ActiveMQ Classic", "activemq.prefetchSize", 0, false, true);

  /** ActiveMQ Artemis, which counts octets; 10 KiB is what it takes for a message by itself. */
  public static final BrokerProfile ARTEMIS =
      new BrokerProfile("Artemis", "consumer-window-size", 10_240, false, false);

  /** RabbitMQ. */
  public static final BrokerProfile RABBITMQ =
      new BrokerProfile("RabbitMQ", "prefetch-count", 0, true, true);

  /** Returns the profile for what a broker calls itself in CONNECTED; null if it says nothing. */
  public static BrokerProfile of(@Nullable String server) {
    if (server == null) {
      return GENERIC;
    }
    // Artemis first: it calls itself ActiveMQ-Artemis.
    if (server.startsWith("ActiveMQ-Artemis")) {
      return ARTEMIS;
    }
    if (server.startsWith("ActiveMQ")) {
      return ACTIVEMQ;
    }
    return server.startsWith("RabbitMQ") ? RABBITMQ : GENERIC;
  }

  Headers withPrefetch(Headers headers, int messages) {
    if (prefetchHeader == null || messages == 0 || headers.has(prefetchHeader)) {
      return headers;
    }
    long value = octetsPerMessage == 0 ? messages : (long) messages * octetsPerMessage;
    return headers.toBuilder().add(prefetchHeader, Long.toString(value)).build();
  }

  String wireId(String id, int epoch) {
    return wireIdPerEpoch ? id + "-e" + epoch : id;
  }
}
