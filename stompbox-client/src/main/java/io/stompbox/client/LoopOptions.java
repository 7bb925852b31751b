package io.stompbox.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How {@link StompClient#loop} runs.
 *
 * @param limit how long to wait for each message; longer than zero
 * @param transaction what the messages are acknowledged in; null acknowledges each by itself
 */
public record LoopOptions(Duration limit, @Nullable Transaction transaction) {
  private static final LoopOptions DEFAULTS = new LoopOptions(Duration.ofDays(36_500), null);

  /** Refuses a limit that is not above zero. */
  public LoopOptions {
    if (limit.isZero() || limit.isNegative()) {
      throw new IllegalArgumentException("limit must be longer than zero: " + limit);
    }
  }

  /** Waits for messages without a limit worth naming, and acknowledges each by itself. */
  public static LoopOptions defaults() {
    return DEFAULTS;
  }

  /** Returns them with a limit for each message. */
  public LoopOptions withLimit(Duration perMessage) {
    return new LoopOptions(perMessage, transaction);
  }

  /**
   * Returns them with a transaction for the acknowledgements of {@link
   * Acknowledgement#AFTER_PROCESSING}; the program commits it.
   */
  public LoopOptions in(Transaction other) {
    return new LoopOptions(limit, other);
  }
}
