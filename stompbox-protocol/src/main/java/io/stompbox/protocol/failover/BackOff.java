package io.stompbox.protocol.failover;

import java.time.Duration;

/**
 * How long to wait before each retry.
 *
 * @param initial the delay of the first retry, before jitter
 * @param most no delay is longer, except by {@link Jitter.Proportional}, which comes after the cap
 * @param multiplier what each delay is multiplied by for the next; 1 keeps it
 * @param jitter what chance does to each delay
 */
public record BackOff(Duration initial, Duration most, double multiplier, Jitter jitter) {
  /** Refuses a multiplier that is not a number of at least 0. Negative delays count as zero. */
  public BackOff {
    if (!(multiplier >= 0) || Double.isInfinite(multiplier)) {
      throw new IllegalArgumentException("multiplier must be at least 0: " + multiplier);
    }
  }

  /**
   * Returns the delay of a retry.
   *
   * @param retry 1 for the first retry
   * @param random from 0 to 1, exclusive
   */
  Duration delay(int retry, double random) {
    double nanos = initial.toNanos() * Math.pow(multiplier, retry - 1.0);
    double cap = most.toNanos();
    double jittered;
    if (jitter instanceof Jitter.Additive additive) {
      jittered = Math.min(nanos + random * additive.most().toNanos(), cap);
    } else if (jitter instanceof Jitter.Proportional proportional) {
      jittered = Math.min(nanos, cap) * (1 + random * proportional.share());
    } else if (jitter instanceof Jitter.Full) {
      jittered = Math.min(nanos, cap) * random;
    } else {
      jittered = Math.min(nanos, cap);
    }
    return Duration.ofNanos(Math.max(0, Math.round(jittered)));
  }

  /** What chance does to a delay, so that many clients don't come back at the same moment. */
  public sealed interface Jitter {
    /** Nothing. */
    record None() implements Jitter {}

    /** Adds up to {@code most}, before the cap (ActiveMQ's reconnectDelayJitter). */
    record Additive(Duration most) implements Jitter {}

    /** Adds up to {@code share} of the delay, after the cap (stomp.py). */
    record Proportional(double share) implements Jitter {}

    /** Anything from zero to the delay. Spreads a crowd best. */
    record Full() implements Jitter {}
  }
}
