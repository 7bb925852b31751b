package io.stompbox.protocol.session;

import io.stompbox.protocol.frame.Frame;
import java.util.ArrayList;
import java.util.List;

/** One subscription of a session, with the messages that wait for their acknowledgement. */
final class SubscriptionRecord {
  private final Subscribed subscribed;

  /** In the order of arrival; an acknowledgement in client mode covers all before. */
  private final List<ReceivedMessage> unacknowledged = new ArrayList<>();

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
      unacknowledged.add(message);
    }
  }

  boolean isUnacknowledged(ReceivedMessage message) {
    return indexOf(message) >= 0;
  }

  /** Settles a message, and in client mode all before it; returns what was settled. */
  List<ReceivedMessage> settle(ReceivedMessage message) {
    int last = indexOf(message);
    int first = subscribed.ack().equals("client") ? 0 : last;
    List<ReceivedMessage> range = unacknowledged.subList(first, last + 1);
    List<ReceivedMessage> settled = List.copyOf(range);
    range.clear();
    return settled;
  }

  /** Two messages may be equal octet by octet, so identity decides. */
  @SuppressWarnings("ReferenceEquality")
  private int indexOf(ReceivedMessage message) {
    for (int i = 0; i < unacknowledged.size(); i++) {
      if (unacknowledged.get(i) == message) {
        return i;
      }
    }
    return -1;
  }

  void forgetMessages() {
    unacknowledged.clear();
  }

  boolean isFor(Frame message) {
    return subscribed.destination().equals(message.header("destination"));
  }
}
