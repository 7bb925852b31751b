package io.stompbox.cli.demo;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Keeps account of the messages of a demo by their bodies. Safe to share between threads. */
final class DemoLedger {
  /** Guarded by this. */
  private final Set<String> sent = new HashSet<>();

  /** Guarded by this. */
  private final Set<String> confirmed = new HashSet<>();

  /** How often each body came. Guarded by this. */
  private final Map<String, Integer> received = new HashMap<>();

  /** On which connection each copy was acknowledged, by message-id. Guarded by this. */
  private final Map<String, Integer> acknowledged = new HashMap<>();

  /** Guarded by this. */
  private int redelivered;

  synchronized void sent(String body) {
    sent.add(body);
  }

  synchronized void confirmed(String body) {
    confirmed.add(body);
  }

  /** A body that was not sent, perhaps damaged, does not count. */
  synchronized void received(String body, boolean isRedelivered) {
    if (sent.contains(body)) {
      received.merge(body, 1, Integer::sum);
      redelivered += isRedelivered ? 1 : 0;
    }
  }

  /** A copy was acknowledged on a connection, which says nothing about what became of that. */
  synchronized void acknowledged(String messageId, int connection) {
    acknowledged.put(messageId, connection);
  }

  /**
   * Whether a copy may still be in the queue at the end: one that was given to a connection that
   * was cut, since the broker puts it back when it notices. One that was acknowledged on the
   * connection that lived may not.
   */
  synchronized boolean mayBeLeft(String messageId, int livingConnection) {
    return acknowledged.getOrDefault(messageId, 0) < livingConnection;
  }

  /** How many different messages have come so far. */
  synchronized int received() {
    return received.size();
  }

  /** Whether everything that was sent so far has come. */
  synchronized boolean isComplete() {
    return received.size() == sent.size();
  }

  synchronized DemoTally tally() {
    int deliveries = received.values().stream().mapToInt(Integer::intValue).sum();
    return new DemoTally(
        sent.size(),
        confirmed.size(),
        received.size(),
        redelivered,
        sent.size() - received.size(),
        deliveries - received.size());
  }
}
