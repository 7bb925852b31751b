package io.stompbox.protocol.session;

/**
 * A subscription as a server sees it.
 *
 * @param ack auto, client or client-individual
 * @param since the number of the last delivery of the session before it was made
 * @param deliveries what waits for its acknowledgement; stays empty for auto
 */
record ServerSubscription(
    SubscriptionToken token,
    String destination,
    String ack,
    long since,
    ServerDeliveries deliveries) {

  ServerSubscription(SubscriptionToken token, String destination, String ack, long since) {
    this(token, destination, ack, since, new ServerDeliveries(ack.equals("client")));
  }

  boolean isAuto() {
    return ack.equals("auto");
  }
}
