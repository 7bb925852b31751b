package io.stompbox.client;

import java.util.Optional;

/**
 * Processes what {@link StompClient#loop} receives, on the thread that called it.
 *
 * @param <R> what ends the loop
 * @param <E> what processing may throw
 */
@FunctionalInterface
public interface LoopHandler<R, E extends Exception> {
  /** Processes a message; a result that is not empty ends the loop. */
  Optional<R> onMessage(Delivery delivery) throws E;

  /**
   * Hears of an ERROR frame that came while the loop ran; a result that is not empty ends the loop.
   * By default the loop goes on: the client makes another connection where the broker has ended the
   * one before.
   */
  default Optional<R> onError(BrokerErrorException error) throws E {
    return Optional.empty();
  }
}
