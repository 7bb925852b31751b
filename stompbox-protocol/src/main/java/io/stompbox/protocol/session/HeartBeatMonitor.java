package io.stompbox.protocol.session;

import java.time.Duration;

/**
 * Decides when a heart-beat is due and when the other side has been silent for too long.
 *
 * <p>Holds no timer and reads no clock: the driver passes the time in, in the nanoseconds of any
 * monotonic clock, and asks {@link #nanosUntilDue} when to call again. Any octet sent or received
 * counts, also inside a frame. Not safe to share between threads.
 */
public final class HeartBeatMonitor {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  /** The longest period in nanoseconds: some 73 years. */
  private static final double LONGEST = 0x1p61;

  /** The answer of {@link #nanosUntilDue} when nothing will ever be due. */
  public static final long NEVER = Long.MAX_VALUE;

  /** In nanoseconds; 0 if this side promises nothing. */
  private final long sendEvery;

  /** In nanoseconds; 0 if the other side promises nothing. */
  private final long silenceAllowed;

  /** When octets were written last, on the clock of the driver. */
  private long lastSent;

  /** When octets came last, on the clock of the driver. */
  private long lastHeard;

  /**
   * Creates a monitor for a connection that was made at {@code now}.
   *
   * @param agreed what both sides agreed on
   * @param tolerance how it is judged
   */
  public HeartBeatMonitor(HeartBeat agreed, HeartBeatTolerance tolerance, long now) {
    this.sendEvery = nanos(agreed.sendMillis(), tolerance.sendAfter(), Duration.ZERO);
    this.silenceAllowed = nanos(agreed.receiveMillis(), tolerance.giveUpAfter(), tolerance.grace());
    this.lastSent = now;
    this.lastHeard = now;
  }

  /** 0 if there is no period, and only then; for ever is so long that no sum overflows. */
  private static long nanos(int periodMillis, double periods, Duration more) {
    if (periodMillis == 0) {
      return 0;
    }
    double nanos =
        NANOS_PER_MILLI * periodMillis * periods
            + NANOS_PER_SECOND * more.getSeconds()
            + more.getNano();
    return (long) Math.max(1, Math.min(nanos, LONGEST));
  }

  /** What has to be done. */
  public enum Due {
    /** Nothing yet. */
    NOTHING,
    /** Send an end of line. */
    SEND_HEART_BEAT,
    /** The other side is silent for longer than allowed: call the connection dead. */
    GIVE_UP
  }

  /** Octets were written at {@code now}. */
  public void onSent(long now) {
    lastSent = now;
  }

  /**
   * Octets were read at {@code now}, or reading was paused by this side until {@code now}, so that
   * nothing could be heard.
   */
  public void onHeard(long now) {
    lastHeard = now;
  }

  /** Returns what has to be done at {@code now}. */
  public Due due(long now) {
    if (silenceAllowed > 0 && now - lastHeard >= silenceAllowed) {
      return Due.GIVE_UP;
    }
    return sendEvery > 0 && now - lastSent >= sendEvery ? Due.SEND_HEART_BEAT : Due.NOTHING;
  }

  /** Returns how long after {@code now} something is due; 0 if it is, {@link #NEVER} if never. */
  public long nanosUntilDue(long now) {
    long send = sendEvery == 0 ? NEVER : sendEvery - (now - lastSent);
    long giveUp = silenceAllowed == 0 ? NEVER : silenceAllowed - (now - lastHeard);
    return Math.max(0, Math.min(send, giveUp));
  }

  /** Returns for how long nothing has been heard at {@code now}, in nanoseconds. */
  public long silence(long now) {
    return now - lastHeard;
  }
}
