package io.stompbox.protocol.session;

import io.stompbox.protocol.frame.Frame;
import java.util.Optional;

/**
 * What tells the subscriptions of one session apart: the id, or in STOMP 1.0 without one the
 * destination.
 */
public sealed interface SubscriptionToken {
  /** A subscription with an id. */
  record ById(String id) implements SubscriptionToken {}

  /** A STOMP 1.0 subscription without an id. */
  record ByDestination(String destination) implements SubscriptionToken {}

  /** Returns the token that a MESSAGE names; empty if it names none. */
  static Optional<SubscriptionToken> of(Frame message) {
    Optional<SubscriptionToken> byId = message.headers().value("subscription").map(ById::new);
    return byId.isPresent() ? byId : message.headers().value("destination").map(ByDestination::new);
  }
}
