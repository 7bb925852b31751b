package io.stompbox.client;

import io.stompbox.protocol.session.Commands;

/**
 * One physical connection of a client, numbered from 1.
 *
 * @param connectedAt in nanoTime
 */
record Epoch(int number, Link link, BrokerProfile profile, Commands commands, long connectedAt) {}
