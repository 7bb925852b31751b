package io.stompbox.cli.message;

import io.stompbox.client.Acknowledgement;
import io.stompbox.client.SubscribeOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is listened to, and what becomes of messages.
 *
 * @param destinations at least one
 * @param subscription how each is subscribed to
 * @param verdict what the broker is told of each message, once it was written
 */
record ListenPlan(List<String> destinations, SubscribeOptions subscription, Verdict verdict) {
  /** What the broker is told of a message. */
  enum Verdict {
    ACK,
    NACK
  }

  /** The destinations for the user. */
  String where() {
    return String.join(", ", destinations);
  }

  /** What is asked of the broker for destinations, for the user. */
  String asked(String where) {
    return asked(where, subscription.reading().selector());
  }

  /** As {@link #asked(String)}, with that selector; null for none. */
  static String asked(String where, @Nullable String selector) {
    return selector == null ? where : where + " with the selector '" + selector + "'";
  }

  /** Whether each message is acknowledged at once: the client does batches by itself. */
  boolean isAcknowledgedByItself() {
    return subscription.acknowledgement() == Acknowledgement.AFTER_PROCESSING;
  }
}
