package io.stompbox.protocol.failover;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How a connection to a broker is made. */
public enum Scheme {
  /** STOMP over TCP: {@code stomp}, or {@code tcp} as ActiveMQ writes it. */
  TCP(61613, "stomp", "tcp"),
  /** STOMP over TLS: {@code stomp+ssl}, {@code stomps}, or {@code ssl} as ActiveMQ writes it. */
  TLS(61614, "stomp+ssl", "stomps", "ssl");

  private final int defaultPort;

  @SuppressWarnings("ImmutableEnumChecker") // List.of makes it immutable
  private final List<String> names;

  Scheme(int defaultPort, String... names) {
    this.defaultPort = defaultPort;
    this.names = List.of(names);
  }

  /** The port that brokers listen on when nobody says otherwise. */
  public int defaultPort() {
    return defaultPort;
  }

  static Optional<Scheme> of(String name) {
    return Arrays.stream(values()).filter(scheme -> scheme.names.contains(name)).findFirst();
  }

  static List<String> names() {
    return Arrays.stream(values()).flatMap(scheme -> scheme.names.stream()).toList();
  }
}
