package io.stompbox.client.transport;

import io.stompbox.protocol.failover.BrokerAddress;

/** Makes transports. Implement it to bring your own way to reach a broker. */
@FunctionalInterface
public interface TransportFactory {
  /** Returns a transport to this broker that is not open yet. */
  Transport create(BrokerAddress address);

  /** TCP, and TLS with the JVM's trust store and the host name checked. */
  static TransportFactory sockets() {
    return address -> new SocketTransport(address, SocketTransport::systemTls);
  }
}
