package io.stompbox.protocol.session;

import io.stompbox.protocol.frame.Frame;

/**
 * A subscription that a session has made, and what it takes to make it again.
 *
 * @param token what tells it apart
 * @param destination where it subscribes
 * @param ack auto, client or client-individual
 * @param with what else its SUBSCRIBE carried
 * @param context whatever the program wants back with each message
 * @param frame the SUBSCRIBE frame
 */
public record Subscribed(
    SubscriptionToken token,
    String destination,
    String ack,
    FrameOptions with,
    Object context,
    Frame frame) {}
