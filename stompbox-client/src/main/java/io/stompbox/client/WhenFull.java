package io.stompbox.client;

/**
 * What happens when a message comes and more would wait than {@link Bounds} allows, be it in its
 * subscription or in all of the client together.
 */
public enum WhenFull {
  /**
   * The client reads nothing until there is room, and TCP holds the broker back: nothing is lost,
   * but other subscriptions of the client and its receipts wait too. It goes on sending heart-beats
   * and blames no silence on the broker. The default; a prefetch below the bound keeps it from
   * happening.
   */
  BLOCK,
  /**
   * The subscription ends with {@link SubscriptionStoppedException} and is unsubscribed, for the
   * sake of the others, even if they hold the room. Messages that waited were not acknowledged and
   * stay with the broker, unless the mode is {@link Acknowledgement#BROKER}: then they are lost.
   */
  FAIL_SUBSCRIPTION
}
