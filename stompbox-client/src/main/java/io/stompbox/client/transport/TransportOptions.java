package io.stompbox.client.transport;

import io.stompbox.protocol.failover.BrokerAddress;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How octets move between the client and its brokers: what {@link
 * TransportFactory#sockets(TransportOptions)} is made with.
 *
 * @param sockets how TCP is set up
 * @param proxy what connections go through; empty goes to brokers directly. Unix domain sockets use
 *     none
 * @param tls how TLS is made, where an address asks for it
 * @param tlsByBroker the same for single brokers, by {@code host:port} or {@code host}; the first
 *     goes before the second, and both before {@code tls}
 * @param webSocket how frames go through WebSockets, where an address asks for them
 */
public record TransportOptions(
    SocketOptions sockets,
    Optional<ProxyOptions> proxy,
    TlsOptions tls,
    Map<String, TlsOptions> tlsByBroker,
    WebSocketOptions webSocket) {

  /** Copies the map. */
  public TransportOptions {
    tlsByBroker = Map.copyOf(tlsByBroker);
  }

  /** The defaults of all parts. */
  public static TransportOptions defaults() {
    return new TransportOptions(
        SocketOptions.defaults(),
        Optional.empty(),
        TlsOptions.defaults(),
        Map.of(),
        WebSocketOptions.defaults());
  }

  /** Returns them with TCP set up in another way. */
  public TransportOptions with(SocketOptions other) {
    return new TransportOptions(other, proxy, tls, tlsByBroker, webSocket);
  }

  /** Returns them with connections that go through this proxy. */
  public TransportOptions with(ProxyOptions other) {
    return new TransportOptions(sockets, Optional.of(other), tls, tlsByBroker, webSocket);
  }

  /** Returns them with TLS made in another way, for brokers that have no options of their own. */
  public TransportOptions with(TlsOptions other) {
    return new TransportOptions(sockets, proxy, other, tlsByBroker, webSocket);
  }

  /**
   * Returns them with TLS options for one broker. That TLS is spoken at all is for its address to
   * say: a list may have brokers with and without.
   *
   * @param broker {@code host:port}, or {@code host} for all ports, as in the address; IPv6
   *     addresses without brackets
   */
  public TransportOptions withTlsFor(String broker, TlsOptions options) {
    Map<String, TlsOptions> more = new LinkedHashMap<>(tlsByBroker);
    more.put(broker.toLowerCase(Locale.ROOT), options);
    return new TransportOptions(sockets, proxy, tls, more, webSocket);
  }

  /** Returns them with another way for frames to go through WebSockets. */
  public TransportOptions with(WebSocketOptions other) {
    return new TransportOptions(sockets, proxy, tls, tlsByBroker, other);
  }

  /** Returns the TLS options for this broker. */
  TlsOptions tls(BrokerAddress broker) {
    String host = broker.host().toLowerCase(Locale.ROOT);
    TlsOptions ofHost = tlsByBroker.getOrDefault(host, tls);
    return tlsByBroker.getOrDefault(host + ":" + broker.port(), ofHost);
  }
}
