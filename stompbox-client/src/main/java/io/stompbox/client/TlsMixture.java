package io.stompbox.client;

import io.stompbox.protocol.failover.BrokerAddress;
import java.util.List;

/**
 * Whether a list may have brokers with TLS and brokers without. Whoever cuts connections to the
 * former gets what is sent to the latter, passcode included. Unix domain sockets go with both.
 */
public enum TlsMixture {
  /** Such a list is a mistake. */
  REFUSED,
  /** The program knows what it does. */
  ALLOWED;

  /**
   * Refuses a list that may not be.
   *
   * @throws IllegalArgumentException if it is mixed
   */
  void check(List<BrokerAddress> brokers) {
    boolean isMixed =
        brokers.stream().anyMatch(broker -> broker.scheme().isSecure())
            && brokers.stream().anyMatch(broker -> broker.scheme().isPlainNetwork());
    if (isMixed && this == REFUSED) {
      throw new IllegalArgumentException(
          "the list has brokers with TLS and brokers without: "
              + brokers
              + "; give all of them TLS, or set allowPlainAfterTls, or in ConnectOptions"
              + " with(TlsMixture.ALLOWED)");
    }
  }
}
