package io.stompbox.bench.scale;

import io.stompbox.protocol.failover.BackOff;
import io.stompbox.protocol.failover.BackOff.Jitter;
import io.stompbox.protocol.failover.ReconnectPolicy;
import java.time.Duration;
import java.util.Locale;

/** What is measured, how large, and in which JVM. */
enum ScaleRun {
  /** Connections in one JVM. */
  CONNECTIONS(10_000, Jdk.NEWEST, "1g"),
  /** The same, with a first delay that spreads so many over some seconds. */
  CONNECTIONS_SPREAD(10_000, Jdk.NEWEST, "1g"),
  /** Connections with threads of the system. */
  CONNECTIONS_17(1_000, Jdk.OF_THE_BUILD, "1g"),
  /** Subscriptions on one connection. */
  SUBSCRIPTIONS(100_000, Jdk.NEWEST, "1g"),
  /** Messages for a handler that is slower than the broker. */
  FLOOD(10_000_000, Jdk.NEWEST, "128m");

  private final long most;
  private final Jdk jdk;
  private final String heap;

  /** Which of the JDKs that are installed. */
  enum Jdk {
    /** The one that runs {@link ScaleMain}. */
    OF_THE_BUILD,
    /** The one that the options name. */
    NEWEST
  }

  ScaleRun(long most, Jdk jdk, String heap) {
    this.most = most;
    this.jdk = jdk;
    this.heap = heap;
  }

  /** As the command line and the results have it. */
  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Scale create() {
    return switch (this) {
      case CONNECTIONS, CONNECTIONS_17 -> new Connections(ReconnectPolicy.standard());
      case CONNECTIONS_SPREAD -> new Connections(spread());
      case SUBSCRIPTIONS -> new SubscriptionsOfOne();
      case FLOOD -> new Flood();
    };
  }

  private static ReconnectPolicy spread() {
    return ReconnectPolicy.standard()
        .with(new BackOff(Duration.ofSeconds(5), Duration.ofSeconds(30), 2, new Jitter.Full()));
  }

  /** The number that has to be reached; a half, a quarter and an eighth show the curve. */
  long most() {
    return most;
  }

  Jdk jdk() {
    return jdk;
  }

  /** The most that the JVM may have, as its option {@code -Xmx} takes it. */
  String heap() {
    return heap;
  }
}
