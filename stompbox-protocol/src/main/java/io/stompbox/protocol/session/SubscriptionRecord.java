package io.stompbox.protocol.session;

import io.stompbox.protocol.frame.Frame;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** One subscription of a session, with the messages that wait for their acknowledgement. */
final class SubscriptionRecord {
  private final Subscribed subscribed;

  /** By number; an acknowledgement in client mode covers all before. */
  private final NavigableMap<Long, ReceivedMessage> unacknowledged = new TreeMap<>();

  SubscriptionRecord(Subscribed subscribed) {
    this.subscribed = subscribed;
  }

  Subscribed subscribed() {
    return subscribed;
  }

  boolean isAuto() {
    return subscribed.ack().equals("auto");
  }

  int unacknowledged() {
    return unacknowledged.size();
  }

  void add(ReceivedMessage message) {
    if (!isAuto()) {
      unacknowledged.put(message.number(), message);
    }
  }

  boolean isUnacknowledged(ReceivedMessage message) {
    return unacknowledged.containsKey(message.number());
  }

  /** Settles a message, and in client mode all before it; returns what was settled. */
  List<ReceivedMessage> settle(ReceivedMessage message) {
    boolean cumulative = subscribed.ack().equals("client");
    NavigableMap<Long, ReceivedMessage> range =
        unacknowledged
            .headMap(message.number(), true)
            .tailMap(cumulative ? Long.MIN_VALUE : message.number(), true);
    List<ReceivedMessage> settled = List.copyOf(range.values());
    range.clear();
    return settled;
  }

  /** Takes back what {@link #settle} did. */
  void unsettle(List<ReceivedMessage> settled) {
    settled.forEach(this::add);
  }

  boolean isFor(Frame message) {
    return subscribed.destination().equals(message.header("destination"));
  }
}
