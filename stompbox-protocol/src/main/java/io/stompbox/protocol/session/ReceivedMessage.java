package io.stompbox.protocol.session;

import io.stompbox.protocol.frame.Frame;

/**
 * A MESSAGE as a session received it. It belongs to the connection that brought it.
 *
 * @param frame the MESSAGE
 * @param token the subscription it is for
 * @param connection the number of the connection, from 1
 * @param number its place in the order in which the session received messages, from 1
 */
public record ReceivedMessage(Frame frame, SubscriptionToken token, int connection, long number) {}
