package io.stompbox.bench.scale;

import io.stompbox.protocol.failover.BackOff;
import io.stompbox.protocol.failover.BackOff.Jitter;
import io.stompbox.protocol.failover.ReconnectPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is measured, how large, and in which JVM. */
enum ScaleRun {
  /** Connections in one JVM. */
  CONNECTIONS(10_000, Needs.VIRTUAL_THREADS, "1g", 4),
  /** The same, with a first delay that spreads so many over some seconds. */
  CONNECTIONS_SPREAD(10_000, Needs.VIRTUAL_THREADS, "1g", 2),
  /** Connections with threads of the system. */
  CONNECTIONS_17(1_000, Needs.JDK_17, "1g", 3),
  /** Subscriptions on one connection. */
  SUBSCRIPTIONS(100_000, Needs.NEWEST, "1g", 3),
  /** Messages for a handler that is slower than the broker. */
  FLOOD(10_000_000, Needs.NEWEST, "128m", 3),
  /** Octets of one body, sent. */
  BODY(1L << 30, Needs.NEWEST, "64m", 3),
  /** Octets of one body, sent and received. */
  BODY_ECHO(1L << 30, Needs.NEWEST, "64m", 3);

  private final long most;
  private final Needs needs;
  private final String heap;
  private final int sizes;

  /** Which JDK a run has to have. */
  enum Needs {
    NEWEST("a JDK"),
    VIRTUAL_THREADS("a JDK with virtual threads, 21 or newer"),
    JDK_17("JDK 17");

    private final String text;

    Needs(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  ScaleRun(long most, Needs needs, String heap, int sizes) {
    this.most = most;
    this.needs = needs;
    this.heap = heap;
    this.sizes = sizes;
  }

  /** As the command line and the results have it. */
  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Returns the one of that title.
   *
   * @throws IllegalArgumentException if there is none
   */
  static ScaleRun named(String title) {
    return Arrays.stream(values())
        .filter(run -> run.title().equals(title))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no run '"
                        + title
                        + "'; there are "
                        + Arrays.stream(values()).map(ScaleRun::title).toList()));
  }

  Scale create() {
    return switch (this) {
      case CONNECTIONS, CONNECTIONS_17 -> new Connections(ReconnectPolicy.standard());
      case CONNECTIONS_SPREAD -> new Connections(spread());
      case SUBSCRIPTIONS -> new SubscriptionsOfOne();
      case FLOOD -> new Flood();
      case BODY -> new StreamedBody();
      case BODY_ECHO -> new EchoedBody();
    };
  }

  private static ReconnectPolicy spread() {
    return ReconnectPolicy.standard()
        .with(new BackOff(Duration.ofSeconds(5), Duration.ofSeconds(30), 2, new Jitter.Full()));
  }

  /**
   * The numbers that show the curve, each ten times the one before; the last is the one that has to
   * be reached.
   *
   * @param divisor what all of them are divided by; those that are less than one are left out
   */
  List<Long> numbers(long divisor) {
    List<Long> numbers = new ArrayList<>();
    long number = most / divisor;
    for (int i = 0; i < sizes && number > 0; i++) {
      numbers.add(0, number);
      number /= 10;
    }
    return numbers;
  }

  Needs needs() {
    return needs;
  }

  /** The most that the JVM may have, as its option {@code -Xmx} takes it. */
  String heap() {
    return heap;
  }
}
