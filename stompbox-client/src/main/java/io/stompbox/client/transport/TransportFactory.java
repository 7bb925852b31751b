package io.stompbox.client.transport;

import io.stompbox.protocol.failover.BrokerAddress;
import org.jspecify.annotations.Nullable;

/** Makes transports. Implement it to bring your own way to reach a broker. */
@FunctionalInterface
public interface TransportFactory {
  /** Returns a transport to this broker that is not open yet. */
  Transport create(BrokerAddress address);

  /**
   * TCP or WebSocket, as the scheme of the address says, and TLS with the JVM's trust store and the
   * host name checked.
   */
  static TransportFactory sockets() {
    return address -> create(address, null);
  }

  /** As {@link #sockets()}, with options for addresses that want WebSocket. */
  static TransportFactory sockets(WebSocketOptions options) {
    return address -> create(address, options);
  }

  /** Names no options where the address needs none, so that TCP loads no class of HTTP. */
  private static Transport create(BrokerAddress address, @Nullable WebSocketOptions options) {
    return switch (address.scheme()) {
      case TCP, TLS -> new SocketTransport(address, SocketTransport::systemTls);
      case WEBSOCKET, SECURE_WEBSOCKET ->
          new WebSocketTransport(
              address,
              SocketTransport::systemTls,
              options == null ? WebSocketOptions.defaults() : options);
    };
  }
}
