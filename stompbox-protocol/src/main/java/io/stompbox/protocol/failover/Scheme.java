package io.stompbox.protocol.failover;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How a connection to a broker is made. */
public enum Scheme {
  /** STOMP over TCP: {@code stomp}, or {@code tcp} as ActiveMQ writes it. */
  TCP(61613, "stomp", "tcp"),
  /** STOMP over TLS: {@code stomp+ssl}, {@code stomps}, or {@code ssl} as ActiveMQ writes it. */
  TLS(61614, "stomp+ssl", "stomps", "ssl"),
  /** STOMP over WebSocket: {@code stomp+ws}, or {@code ws}. */
  WEBSOCKET(80, "stomp+ws", "ws"),
  /** STOMP over WebSocket with TLS: {@code stomp+wss}, or {@code wss}. */
  SECURE_WEBSOCKET(443, "stomp+wss", "wss"),
  /**
   * STOMP over a Unix domain socket of this machine: {@code stomp+unix}. It has a path, no port.
   */
  UNIX(0, "stomp+unix");

  private final int defaultPort;

  @SuppressWarnings("ImmutableEnumChecker") // List.of makes it immutable
  private final List<String> names;

  Scheme(int defaultPort, String... names) {
    this.defaultPort = defaultPort;
    this.names = List.of(names);
  }

  /**
   * The port of an address that names none: for TCP and TLS where brokers listen by default, for
   * WebSocket that of RFC 6455. Brokers agree on no port for the latter (ActiveMQ 61614, RabbitMQ
   * 15674, Artemis 61613), so such addresses should name it. 0 for Unix domain sockets.
   */
  public int defaultPort() {
    return defaultPort;
  }

  /** Whether the connection is encrypted. */
  public boolean isSecure() {
    return this == TLS || this == SECURE_WEBSOCKET;
  }

  /** Whether frames travel inside WebSocket messages. */
  public boolean isWebSocket() {
    return this == WEBSOCKET || this == SECURE_WEBSOCKET;
  }

  /** Whether octets cross a network that others may listen to, as they are. */
  public boolean isPlainNetwork() {
    return this == TCP || this == WEBSOCKET;
  }

  static Optional<Scheme> of(String name) {
    return Arrays.stream(values()).filter(scheme -> scheme.names.contains(name)).findFirst();
  }

  static List<String> names() {
    return Arrays.stream(values()).flatMap(scheme -> scheme.names.stream()).toList();
  }
}
