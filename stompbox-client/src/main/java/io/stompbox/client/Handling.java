package io.stompbox.client;

import org.jspecify.annotations.Nullable;

/**
 * How the messages of a subscription are given to its handler.
 *
 * @param concurrency how many messages are processed at a time; 1 keeps them in order
 * @param order which messages are processed in order all the same; null if none
 * @param onError what becomes of a message whose handler threw
 * @param listener hears of those messages
 */
public record Handling(
    int concurrency, @Nullable OrderKey order, ErrorPolicy onError, HandlerErrorListener listener) {

  private static final Handling DEFAULTS =
      new Handling(1, null, new ErrorPolicy.Nack(), (subscription, delivery, cause) -> {});

  /** Refuses a concurrency below 1. */
  public Handling {
    if (concurrency < 1) {
      throw new IllegalArgumentException("concurrency must be at least 1: " + concurrency);
    }
  }

  /**
   * One message at a time; those whose handler throws are refused and logged, without a listener.
   */
  public static Handling defaults() {
    return DEFAULTS;
  }

  Handling with(int other) {
    return new Handling(other, order, onError, listener);
  }

  Handling with(OrderKey other) {
    return new Handling(concurrency, other, onError, listener);
  }

  Handling with(ErrorPolicy other) {
    return new Handling(concurrency, order, other, listener);
  }

  Handling with(HandlerErrorListener other) {
    return new Handling(concurrency, order, onError, other);
  }

  /** Whether it says how several messages are processed at a time. */
  boolean isInParallel() {
    return concurrency > 1 || order != null;
  }
}
