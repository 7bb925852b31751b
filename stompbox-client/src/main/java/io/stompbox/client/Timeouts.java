package io.stompbox.client;

import java.time.Duration;

/**
 * How long the client waits for what.
 *
 * @param connect for a TCP connection, TLS included
 * @param connected for the answer to CONNECT
 * @param receipt for the receipt of SUBSCRIBE, COMMIT and the like
 * @param space for room in the outgoing buffer
 * @param delivery for a confirmation, from the call on, over all reconnects
 * @param writeStall for the network to take an octet
 * @param frame for the end of a frame that the broker has begun, or another 4 KiB of it
 * @param idle for an octet from a broker that promised no heart-beats; zero waits for ever, and
 *     leaves it to TCP to find out that nobody is there any more. A broker that has nothing to say
 *     for so long is taken for a lost one, so it should have something to say; pings of a WebSocket
 *     do not count
 * @param close for everything that closing takes
 */
public record Timeouts(
    Duration connect,
    Duration connected,
    Duration receipt,
    Duration space,
    Duration delivery,
    Duration writeStall,
    Duration frame,
    Duration idle,
    Duration close) {

  /** So that sums of a time in nanoseconds and a limit can be compared. */
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);

  private static final Timeouts DEFAULTS =
      new Timeouts(
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(120),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ZERO,
          Duration.ofSeconds(10));

  /** Refuses what is not above zero; {@code idle} may be zero. Nothing may exceed 146 years. */
  public Timeouts {
    positive("connect", connect);
    positive("connected", connected);
    positive("receipt", receipt);
    positive("space", space);
    positive("delivery", delivery);
    positive("writeStall", writeStall);
    positive("frame", frame);
    positive("close", close);
    if (idle.isNegative()) {
      throw new IllegalArgumentException("idle must not be negative: " + idle);
    }
    notTooLong("idle", idle);
  }

  /**
   * 10 s to connect, 10 s for CONNECTED, receipts 30 s, space 60 s, delivery 120 s, a stalled write
   * 30 s, an unfinished frame 60 s, silence without heart-beats for ever, close 10 s.
   */
  public static Timeouts defaults() {
    return DEFAULTS;
  }

  /** Returns them with another limit for connecting and for the answer to CONNECT. */
  public Timeouts withConnect(Duration limit) {
    return new Timeouts(limit, limit, receipt, space, delivery, writeStall, frame, idle, close);
  }

  /** Returns them with another limit for receipts. */
  public Timeouts withReceipt(Duration limit) {
    return new Timeouts(connect, connected, limit, space, delivery, writeStall, frame, idle, close);
  }

  /** Returns them with another limit for room in the outgoing buffer. */
  public Timeouts withSpace(Duration limit) {
    return new Timeouts(
        connect, connected, receipt, limit, delivery, writeStall, frame, idle, close);
  }

  /** Returns them with another limit for confirmations. */
  public Timeouts withDelivery(Duration limit) {
    return new Timeouts(connect, connected, receipt, space, limit, writeStall, frame, idle, close);
  }

  /** Returns them with another limit for the network to take an octet. */
  public Timeouts withWriteStall(Duration limit) {
    return new Timeouts(connect, connected, receipt, space, delivery, limit, frame, idle, close);
  }

  /** Returns them with another limit for 4 KiB of a frame or its end. */
  public Timeouts withFrame(Duration limit) {
    return new Timeouts(
        connect, connected, receipt, space, delivery, writeStall, limit, idle, close);
  }

  /** Returns them with another limit for silence where no heart-beats were agreed. */
  public Timeouts withIdle(Duration limit) {
    return new Timeouts(
        connect, connected, receipt, space, delivery, writeStall, frame, limit, close);
  }

  /** Returns them with another limit for closing. */
  public Timeouts withClose(Duration limit) {
    return new Timeouts(
        connect, connected, receipt, space, delivery, writeStall, frame, idle, limit);
  }

  private static void positive(String name, Duration limit) {
    if (limit.isZero() || limit.isNegative()) {
      throw new IllegalArgumentException(name + " must be longer than zero: " + limit);
    }
    notTooLong(name, limit);
  }

  private static void notTooLong(String name, Duration limit) {
    if (limit.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(name + " must not be longer than 146 years: " + limit);
    }
  }
}
