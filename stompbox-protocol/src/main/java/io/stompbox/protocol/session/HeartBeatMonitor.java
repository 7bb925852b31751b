package io.stompbox.protocol.session;

/**
 * Decides when a heart-beat is due and when the other side has been silent for too long.
 *
 * <p>Holds no timer and reads no clock: the driver passes the time in, in the nanoseconds of any
 * monotonic clock, and asks {@link #nanosUntilDue} when to call again. Any octet sent or received
 * counts, also inside a frame. Not safe to share between threads.
 */
public final class HeartBeatMonitor {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** The answer of {@link #nanosUntilDue} when nothing will ever be due. */
  public static final long NEVER = Long.MAX_VALUE;

  private final long sendEvery;
  private final long silenceAllowed;
  private long lastSent;
  private long lastHeard;

  /**
   * Creates a monitor for a connection that was made at {@code now}.
   *
   * @param agreed what both sides agreed on
   * @param tolerance how it is judged
   */
  public HeartBeatMonitor(HeartBeat agreed, HeartBeatTolerance tolerance, long now) {
    this.sendEvery = (long) (agreed.sendMillis() * NANOS_PER_MILLI * tolerance.sendAfter());
    this.silenceAllowed =
        agreed.receiveMillis() == 0
            ? 0
            : (long) (agreed.receiveMillis() * NANOS_PER_MILLI * tolerance.giveUpAfter())
                + tolerance.grace().toNanos();
    this.lastSent = now;
    this.lastHeard = now;
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
