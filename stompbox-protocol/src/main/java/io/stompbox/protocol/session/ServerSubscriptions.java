package io.stompbox.protocol.session;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import io.stompbox.protocol.frame.Version;
import io.stompbox.protocol.session.SubscriptionToken.ByDestination;
import io.stompbox.protocol.session.SubscriptionToken.ById;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of a client, found by what its frames say. The frames have what their version
 * requires, so what they lack may be missing.
 */
final class ServerSubscriptions {
  private final String ackPrefix;
  private final int limit;
  private final Map<SubscriptionToken, ServerSubscription> subscriptions = new LinkedHashMap<>();

  /**
   * Creates one without subscriptions.
   *
   * @param session in the ack headers of STOMP 1.2, so that what a client acknowledges too late, on
   *     another connection, is not taken for something else
   * @param limit how many subscriptions there may be
   */
  ServerSubscriptions(String session, int limit) {
    this.ackPrefix = session + "-";
    this.limit = limit;
  }

  /**
   * Takes note of a SUBSCRIBE frame. In 1.0 one without an id goes by its destination.
   *
   * @param since the number of the last delivery of the session
   */
  ServerSubscription add(Frame frame, long since) {
    String destination = frame.require("destination");
    String id = frame.header("id");
    SubscriptionToken token = id == null ? new ByDestination(destination) : new ById(id);
    String ack = frame.headers().value("ack").orElse("auto");
    if (!Commands.ACK_MODES.contains(ack)) {
      throw refusal("ack must be one of " + Commands.ACK_MODES + ", but is '" + ack + "'");
    }
    if (subscriptions.containsKey(token)) {
      throw refusal("there is a subscription " + token + " already");
    }
    if (subscriptions.size() >= limit) {
      throw refusal("more than " + limit + " subscriptions can't be made");
    }
    ServerSubscription added = new ServerSubscription(token, destination, ack, since);
    subscriptions.put(token, added);
    return added;
  }

  /** Takes out the subscription that an UNSUBSCRIBE frame names. */
  ServerSubscription remove(Frame frame) {
    String id = frame.header("id");
    if (id == null) {
      return removeByDestination(frame.require("destination"));
    }
    ServerSubscription removed = subscriptions.remove(new ById(id));
    if (removed == null) {
      throw refusal("there is no subscription with the id '" + id + "'");
    }
    return removed;
  }

  /** STOMP 1.0 does not say that a subscription with an id must be ended by its id. */
  private ServerSubscription removeByDestination(String destination) {
    ServerSubscription bare = subscriptions.remove(new ByDestination(destination));
    if (bare != null) {
      return bare;
    }
    ServerSubscription named =
        subscriptions.values().stream()
            .filter(subscription -> subscription.destination().equals(destination))
            .findFirst()
            .orElseThrow(() -> refusal("there is no subscription to " + destination));
    subscriptions.remove(named.token());
    return named;
  }

  /** Takes out all subscriptions. */
  List<ServerSubscription> removeAll() {
    List<ServerSubscription> all = List.copyOf(subscriptions.values());
    subscriptions.clear();
    return all;
  }

  /** Returns a subscription; null if it is over, or was never there. */
  @Nullable ServerSubscription get(SubscriptionToken token) {
    return subscriptions.get(token);
  }

  /** Takes out what an ACK or NACK frame covers; it is not empty. */
  List<ServerDelivery> settle(Frame frame, Version version) {
    ServerDelivery named = named(frame, version).orElseThrow(() -> unknownMessage(frame));
    ServerSubscription subscription = subscriptions.get(named.subscription());
    if (subscription == null) {
      throw new AssertionError("a message waits for a subscription that is gone: " + named);
    }
    return subscription.deliveries().take(named);
  }

  private Optional<ServerDelivery> named(Frame frame, Version version) {
    if (version == Version.V1_2) {
      long number = number(frame.require("id"));
      return find(deliveries -> deliveries.find(number));
    }
    String messageId = frame.require("message-id");
    String subscription = frame.header("subscription");
    if (subscription == null) {
      return find(deliveries -> deliveries.find(messageId));
    }
    return Optional.ofNullable(subscriptions.get(new ById(subscription)))
        .flatMap(found -> found.deliveries().find(messageId));
  }

  /** Returns the ack header of a message in STOMP 1.2. */
  String ack(long number) {
    return ackPrefix + number;
  }

  /** Returns 0, which no message has, if it is not exactly as it was handed out. */
  private long number(String ack) {
    try {
      long number = Long.parseLong(ack.substring(Math.min(ack.length(), ackPrefix.length())));
      return ack(number).equals(ack) ? number : 0;
    } catch (NumberFormatException foreign) {
      return 0;
    }
  }

  private Optional<ServerDelivery> find(
      Function<ServerDeliveries, Optional<ServerDelivery>> lookup) {
    return subscriptions.values().stream()
        .map(ServerSubscription::deliveries)
        .map(lookup)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static ProtocolException unknownMessage(Frame frame) {
    return refusal("no message waits for this acknowledgement: " + frame);
  }

  /** Puts back what was settled; returns what has no subscription any more. */
  List<ServerDelivery> putBack(List<ServerDelivery> settled) {
    return settled.stream().filter(delivery -> !putBack(delivery)).toList();
  }

  private boolean putBack(ServerDelivery delivery) {
    ServerSubscription subscription = subscriptions.get(delivery.subscription());
    // One of the same id may have been made meanwhile, and it has not given out this message.
    if (subscription == null || delivery.number() <= subscription.since()) {
      return false;
    }
    subscription.deliveries().add(delivery);
    return true;
  }

  private static ProtocolException refusal(String message) {
    return new ProtocolException(Fault.UNEXPECTED_FRAME, message);
  }
}
