package io.stompbox.client.transport;

import io.stompbox.protocol.failover.BrokerAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Makes the transports of Stompbox itself. Safe to share between threads. */
final class Sockets implements TransportFactory {
  private final TransportOptions options;

  /** One for each set of options, so that connections share what is expensive to make. */
  private final Map<TlsOptions, TlsLayer> tls = new ConcurrentHashMap<>();

  Sockets(TransportOptions options) {
    this.options = options;
  }

  @Override
  public Transport create(BrokerAddress address) {
    if (address.socketPath().isPresent()) {
      return new UnixTransport(Path.of(address.socketPath().get()));
    }
    TlsLayer layer = tls.computeIfAbsent(options.tls(address), TlsLayer::new);
    SocketTransport socket = new SocketTransport(address, options, layer, HostLookup.SYSTEM);
    return address.scheme().isWebSocket()
        ? new WebSocketTransport(address, socket, options.webSocket())
        : socket;
  }
}
