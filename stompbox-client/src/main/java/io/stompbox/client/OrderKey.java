package io.stompbox.client;

import org.jspecify.annotations.Nullable;

/** Tells which messages of a subscription are processed in order: those with equal keys. */
@FunctionalInterface
public interface OrderKey {
  /**
   * Returns a key with a sensible {@code equals} and {@code hashCode}; null if the message need not
   * be in order with any other. Runs on the client's handler executor, once for each message, maybe
   * long before its handler. What it throws is handled as if the handler had thrown it.
   */
  @Nullable Object of(Delivery delivery);
}
