package io.stompbox.client;

import java.util.Optional;

/**
 * A client went from one state to another.
 *
 * @param epoch the number of the physical connection that it is about
 * @param cause what led to it, where something went wrong
 */
public record StateChange(ClientState from, ClientState to, int epoch, Optional<Throwable> cause) {}
