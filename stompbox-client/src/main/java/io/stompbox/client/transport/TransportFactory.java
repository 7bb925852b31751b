package io.stompbox.client.transport;

import io.stompbox.protocol.failover.BrokerAddress;

/** Makes transports. Implement it to bring your own way to reach a broker. */
@FunctionalInterface
public interface TransportFactory {
  /** Returns a transport to this broker that is not open yet. */
  Transport create(BrokerAddress address);

  /**
   * TCP, WebSocket or a Unix domain socket, as the scheme of the address says, and TLS with the
   * JVM's trust store and the host name checked.
   */
  static TransportFactory sockets() {
    return sockets(TransportOptions.defaults());
  }

  /** As {@link #sockets()}, with options for TCP, proxies, TLS and WebSocket. */
  static TransportFactory sockets(TransportOptions options) {
    return new Sockets(options);
  }

  /** As {@link #sockets()}, with options for addresses that want WebSocket. */
  static TransportFactory sockets(WebSocketOptions options) {
    return sockets(TransportOptions.defaults().with(options));
  }
}
