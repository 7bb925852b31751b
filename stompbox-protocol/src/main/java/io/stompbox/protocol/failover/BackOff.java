package io.stompbox.protocol.failover;

import java.time.Duration;

/**
 * How long to wait before each retry.
 *
 * @param initial the delay of the first retry, before jitter
 * @param most no delay is longer, except by {@link Jitter.Proportional}, which comes after the cap
 * @param multiplier what each delay is multiplied by for the next; 1 keeps it
 * @param jitter what chance does to each delay
 * @param rhythm which retries wait
 */
public record BackOff(
    Duration initial, Duration most, double multiplier, Jitter jitter, Rhythm rhythm) {
  private static final double NANOS_PER_SECOND = 1e9;

  /** Refuses a multiplier that is not a number of at least 0. Negative delays count as zero. */
  public BackOff {
    if (!(multiplier >= 0) || Double.isInfinite(multiplier)) {
      throw new IllegalArgumentException("multiplier must be at least 0: " + multiplier);
    }
  }

  /** Creates one that waits before each retry. */
  public BackOff(Duration initial, Duration most, double multiplier, Jitter jitter) {
    this(initial, most, multiplier, jitter, Rhythm.EACH_RETRY);
  }

  /**
   * Returns the delay of a retry.
   *
   * @param retry 1 for the first retry that waits
   * @param random from 0 to 1, exclusive
   */
  Duration delay(int retry, double random) {
    double nanos = grown(retry);
    double cap = nanos(most);
    double jittered;
    if (jitter instanceof Jitter.Additive additive) {
      jittered = Math.min(nanos + random * nanos(additive.most()), cap);
    } else if (jitter instanceof Jitter.Proportional proportional) {
      jittered = Math.min(nanos, cap) * (1 + random * proportional.share());
    } else if (jitter instanceof Jitter.Full) {
      jittered = Math.min(nanos, cap) * random;
    } else {
      jittered = Math.min(nanos, cap);
    }
    return Duration.ofNanos(Math.round(jittered));
  }

  /** May be infinite, but not NaN: nothing stays nothing, however often it is multiplied. */
  private double grown(int retry) {
    double first = nanos(initial);
    return first == 0 ? 0 : first * Math.pow(multiplier, retry - 1.0);
  }

  /** As a floating-point number, since {@link Duration#toNanos()} fails above 292 years. */
  private static double nanos(Duration duration) {
    return duration.isNegative()
        ? 0
        : duration.getSeconds() * NANOS_PER_SECOND + duration.getNano();
  }

  /** Which retries wait. The first attempt does not, but for {@link Jitter.Full} after a loss. */
  public enum Rhythm {
    /** Each of them, also when the next broker is another one. */
    EACH_RETRY,
    /**
     * The first of each pass through the list; the others follow at once. A pass is finished even
     * if it reaches the number of retries (stomp.py).
     */
    EACH_PASS
  }

  /** What chance does to a delay, so that many clients don't come back at the same moment. */
  public sealed interface Jitter {
    /** Nothing. */
    record None() implements Jitter {}

    /** Adds up to {@code most}, before the cap (ActiveMQ's reconnectDelayJitter). */
    record Additive(Duration most) implements Jitter {
      /** Refuses a negative duration. */
      public Additive {
        if (most.isNegative()) {
          throw new IllegalArgumentException("jitter must not be negative: " + most);
        }
      }
    }

    /** Adds up to {@code share} of the delay, after the cap (stomp.py). */
    record Proportional(double share) implements Jitter {
      /** Refuses a share that is not a number of at least 0. */
      public Proportional {
        if (!(share >= 0) || Double.isInfinite(share)) {
          throw new IllegalArgumentException("share must be at least 0: " + share);
        }
      }
    }

    /**
     * Anything from zero to the delay. Spreads a crowd best: it makes the first attempt after a
     * loss wait as well, as the first retry does.
     */
    record Full() implements Jitter {}
  }
}
