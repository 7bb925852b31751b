package io.stompbox.protocol.session;

import java.time.Duration;

/**
 * How strictly heart-beats are taken.
 *
 * @param sendAfter the share of the agreed period after which a silent sender sends one; above 0
 *     and at most 1. Less than 1 leaves time for its way, as the other side counts from when it
 *     arrives
 * @param giveUpAfter how many agreed periods the other side may be silent; at least 1
 * @param grace what is added to that, for pauses of either machine; not negative
 */
public record HeartBeatTolerance(double sendAfter, double giveUpAfter, Duration grace) {
  /** Sends after half of the period, gives up after twice the period and a second. */
  public static final HeartBeatTolerance STANDARD =
      new HeartBeatTolerance(0.5, 2.0, Duration.ofSeconds(1));

  /** Refuses shares outside of 0 to 1, and giving up before a period is over. */
  public HeartBeatTolerance {
    if (!(sendAfter > 0 && sendAfter <= 1)) {
      throw new IllegalArgumentException("sendAfter must be above 0 and at most 1: " + sendAfter);
    }
    if (!(giveUpAfter >= 1)) {
      throw new IllegalArgumentException("giveUpAfter must be at least 1: " + giveUpAfter);
    }
    if (grace.isNegative()) {
      throw new IllegalArgumentException("grace must not be negative: " + grace);
    }
  }

  /** Returns it with another share of the period after which a silent sender sends. */
  public HeartBeatTolerance withSendAfter(double share) {
    return new HeartBeatTolerance(share, giveUpAfter, grace);
  }

  /** Returns it with another number of periods after which the other side is given up. */
  public HeartBeatTolerance withGiveUpAfter(double periods) {
    return new HeartBeatTolerance(sendAfter, periods, grace);
  }

  /** Returns it with another time that is added to those periods. */
  public HeartBeatTolerance withGrace(Duration time) {
    return new HeartBeatTolerance(sendAfter, giveUpAfter, time);
  }
}
