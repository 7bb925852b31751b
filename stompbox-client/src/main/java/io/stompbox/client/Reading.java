package io.stompbox.client;

import org.jspecify.annotations.Nullable;

/**
 * What a subscription asks of the broker beyond STOMP.
 *
 * @param selector a condition on headers in the broker's own language; null for none
 * @param durableName the name of a durable subscription to a topic; null for one that is not
 * @param access who gets the messages
 */
public record Reading(@Nullable String selector, @Nullable String durableName, Access access) {
  private static final Reading DEFAULTS = new Reading(null, null, Access.SHARED);

  /** Who gets the messages. */
  public enum Access {
    /** Each goes to one of the consumers of a queue, or to all subscribers of a topic. */
    SHARED,
    /** All go to one consumer, as long as it is there. */
    EXCLUSIVE,
    /** Copies of what is there; nothing is taken away. */
    BROWSE
  }

  /** Refuses what is empty, and browsing what only the future brings. */
  public Reading {
    if (selector != null && selector.isBlank()) {
      throw new IllegalArgumentException("the selector is blank; leave it out to get all messages");
    }
    if (durableName != null && durableName.isBlank()) {
      throw new IllegalArgumentException("the name of the durable subscription is blank");
    }
    if (durableName != null && access == Access.BROWSE) {
      throw new IllegalArgumentException(
          "a durable subscription can't be browsed: " + durableName + "; browse a queue");
    }
  }

  /** All messages, not durable, shared. */
  public static Reading defaults() {
    return DEFAULTS;
  }

  Reading withSelector(String condition) {
    return new Reading(condition, durableName, access);
  }

  Reading withDurableName(String name) {
    return new Reading(selector, name, access);
  }

  Reading with(Access other) {
    return new Reading(selector, durableName, other);
  }
}
