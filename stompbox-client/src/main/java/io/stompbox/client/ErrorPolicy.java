package io.stompbox.client;

/**
 * What becomes of a message whose handler threw. A message that the handler had acknowledged or
 * refused itself stays as it is, whatever the policy. See {@link HandlerErrorListener} for being
 * told.
 */
public sealed interface ErrorPolicy {
  /**
   * The broker is told with NACK, whose effect is its own business, see {@link Delivery#nack()}. In
   * STOMP 1.0, which has no NACK, as {@link Leave}, or {@link Stop} with {@link
   * Acknowledgement#BATCHED}. As {@link Leave} with {@link Acknowledgement#MANUAL} as well, since
   * the program may have handed the message on. The default.
   */
  record Nack() implements ErrorPolicy {}

  /**
   * The message stays unacknowledged: the broker gives it out again when the connection or the
   * subscription ends, and counts it as under way until then. Not with {@link
   * Acknowledgement#BATCHED}, whose ACKs would cover it.
   */
  record Leave() implements ErrorPolicy {}

  /**
   * A copy goes to another destination, and the message is acknowledged once the broker has
   * confirmed the copy; if it does not, as {@link Leave}, or {@link Stop} with {@link
   * Acknowledgement#BATCHED}, whose ACKs can't go past the message. The copy has the body and the
   * headers of the message, except for the broker's own, and:
   *
   * <ul>
   *   <li>{@code message-failed}: what the handler threw, on one line
   *   <li>{@code original-destination} and {@code original-message-id}
   *   <li>{@code persistent:true}
   * </ul>
   *
   * @param destination where copies go; must not be blank
   */
  record Forward(String destination) implements ErrorPolicy {
    /** Refuses a blank destination. */
    public Forward {
      if (destination.isBlank()) {
        throw new IllegalArgumentException(
            "the error destination is blank; name one such as /queue/failed");
      }
    }
  }

  /**
   * The message stays unacknowledged, and the subscription ends with {@link
   * SubscriptionStoppedException}, after other handlers of it have finished.
   */
  record Stop() implements ErrorPolicy {}
}
