package io.stompbox.protocol.session;

import io.stompbox.protocol.frame.Frame;

/**
 * A message that a {@link ServerSession} gave out and whose acknowledgement it waits for.
 *
 * @param subscription which subscription got it
 * @param number how many-th it was of those that want an acknowledgement on this connection, from 1
 * @param messageId the message-id header
 * @param source what the driver gave to be delivered
 */
public record ServerDelivery(
    SubscriptionToken subscription, long number, String messageId, Frame source) {}
