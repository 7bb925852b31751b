package io.stompbox.cli.message;

import io.stompbox.client.Delivery;
import java.time.Instant;

/**
 * A message that came.
 *
 * @param number from 1
 * @param at when it was taken from what the client had received
 */
record Received(Delivery message, long number, Instant at) {}
