package io.stompbox.protocol.session;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.IllegalFrameException.Reason;
import io.stompbox.protocol.frame.Version;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The subscriptions of one connection, and those of the one before until they are replayed. */
final class Subscriptions {
  /** In the order in which they were made. */
  private final Map<SubscriptionToken, SubscriptionRecord> open = new LinkedHashMap<>();

  private List<Subscribed> remembered = List.of();

  void checkFree(SubscriptionToken token) {
    if (open.containsKey(token)) {
      throw new IllegalFrameException(
          Reason.DUPLICATE_ID, "there is a subscription " + token + " already");
    }
  }

  boolean isOpen(SubscriptionToken token) {
    return open.containsKey(token);
  }

  SubscriptionRecord known(SubscriptionToken token) {
    SubscriptionRecord subscription = open.get(token);
    if (subscription == null) {
      throw new IllegalFrameException(
          Reason.UNKNOWN_SUBSCRIPTION,
          "there is no subscription " + token + "; there are " + open.keySet());
    }
    return subscription;
  }

  /** Returns the subscription in which a message waits, or which the broker acknowledges itself. */
  SubscriptionRecord unsettled(ReceivedMessage message) {
    SubscriptionRecord subscription = known(message.token());
    if (!subscription.isAuto() && !subscription.isUnacknowledged(message)) {
      throw new IllegalFrameException(
          Reason.ALREADY_ACKNOWLEDGED, "the message was acknowledged before: " + message.frame());
    }
    return subscription;
  }

  void add(Subscribed subscribed) {
    open.put(subscribed.token(), new SubscriptionRecord(subscribed));
  }

  void remove(SubscriptionToken token) {
    open.remove(token);
  }

  /**
   * Finds whom a message is for. STOMP 1.0 brokers need not name the subscription, so the
   * destination has to do.
   */
  @Nullable SubscriptionRecord route(Frame message, Version version) {
    SubscriptionRecord named = SubscriptionToken.of(message).map(open::get).orElse(null);
    if (named != null || message.headers().has("subscription") || version != Version.V1_0) {
      return named;
    }
    return open.values().stream()
        .filter(subscription -> subscription.isFor(message))
        .findFirst()
        .orElse(null);
  }

  /** Closes all, but remembers them, and those of the connection before that were not replayed. */
  void remember() {
    Map<SubscriptionToken, Subscribed> all = new LinkedHashMap<>();
    remembered.forEach(subscribed -> all.put(subscribed.token(), subscribed));
    open.forEach((token, subscription) -> all.put(token, subscription.subscribed()));
    remembered = List.copyOf(all.values());
    open.clear();
  }

  List<Subscribed> replay() {
    List<Subscribed> replayed = remembered;
    remembered = List.of();
    return replayed;
  }

  void clear() {
    open.clear();
    remembered = List.of();
  }
}
