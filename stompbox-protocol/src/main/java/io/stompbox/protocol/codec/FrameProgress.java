package io.stompbox.protocol.codec;

import java.time.Duration;

/**
 * Tells when a peer takes too long over a frame: within each period it must send so many octets of
 * it, or its end. A peer that sends an octet now and then would hold memory and a connection for
 * ever, and its octets would count as signs of life.
 *
 * <p>Reads no clock: the driver passes the time in, in the nanoseconds of any monotonic clock. Not
 * safe to share between threads.
 */
public final class FrameProgress {
  private static final int OCTETS = 4096;
  private static final Duration PERIOD = Duration.ofSeconds(60);

  private final int octets;
  private final long period;

  /** Where the unfinished frame starts; -1 between frames. */
  private long frame = -1;

  /** Up to where the input had come when the period started. */
  private long from;

  private long since;

  /**
   * Asks for {@code octets} within each {@code period}.
   *
   * @throws IllegalArgumentException if either is not positive
   */
  public FrameProgress(int octets, Duration period) {
    if (octets < 1 || period.isNegative() || period.isZero()) {
      throw new IllegalArgumentException(
          "octets and period must be positive, but are " + octets + " and " + period);
    }
    this.octets = octets;
    this.period = period.toNanos();
  }

  /** Asks for 4 KiB within 60 seconds. */
  public static FrameProgress standard() {
    return new FrameProgress(OCTETS, PERIOD);
  }

  /** Looks at how far {@code decoder} has come; call it after each read has been decoded. */
  public void onDecoded(FrameDecoder decoder, long now) {
    if (!decoder.isInsideFrame()) {
      frame = -1;
      return;
    }
    long start = decoder.offset() - decoder.unfinished();
    if (start != frame || decoder.offset() - from >= octets) {
      frame = start;
      from = decoder.offset();
      since = now;
    }
  }

  /**
   * Returns how many nanoseconds the peer still has; {@link Long#MAX_VALUE} between frames. When it
   * is 0 or less, the connection should be closed.
   */
  public long nanosLeft(long now) {
    return frame < 0 ? Long.MAX_VALUE : period - (now - since);
  }
}
