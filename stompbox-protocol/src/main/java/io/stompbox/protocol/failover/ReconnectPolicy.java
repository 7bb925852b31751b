package io.stompbox.protocol.failover;

import io.stompbox.protocol.failover.BackOff.Jitter;
import io.stompbox.protocol.failover.BackOff.Rhythm;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * How often and in which order brokers are tried.
 *
 * @param backOff how long to wait before each retry
 * @param startupRetries retries before the first connection was made; empty tries each broker once;
 *     {@link #FOREVER} never gives up
 * @param retries retries after a connection was lost; {@link #FOREVER} never gives up; 0 leaves the
 *     one attempt that comes at once, {@link #NO_ATTEMPT} not even that
 * @param order in which order the brokers of the list are tried
 * @param localFirst whether brokers on this machine come first in each pass through the list
 * @param loopback whether brokers on this machine are tried at its loopback address too
 */
public record ReconnectPolicy(
    BackOff backOff,
    OptionalInt startupRetries,
    int retries,
    BrokerOrder order,
    boolean localFirst,
    Loopback loopback) {

  /** As a number of retries: never give up. */
  public static final int FOREVER = -1;

  /** As a number of retries: not even the attempt that is no retry yet. */
  public static final int NO_ATTEMPT = Integer.MIN_VALUE;

  /** The order of one pass through a list of brokers. */
  public enum BrokerOrder {
    /** As the list has them. */
    AS_LISTED,
    /** Shuffled anew for each pass. */
    RANDOM
  }

  /** What becomes of brokers whose host is this machine. */
  public enum Loopback {
    /** They are tried where the list has them. */
    AS_LISTED,
    /**
     * They are tried at 127.0.0.1 too, before all others, if the list does not have that itself or
     * as {@code localhost}. Not with TLS, as a certificate is for a name.
     */
    TRIED_BEFORE
  }

  /**
   * The default: each broker once at start-up; later 100 ms, doubled to 30 s, each with full
   * jitter, for ever; brokers as listed.
   */
  public static ReconnectPolicy standard() {
    return new ReconnectPolicy(
        new BackOff(Duration.ofMillis(100), Duration.ofSeconds(30), 2, new Jitter.Full()),
        OptionalInt.empty(),
        FOREVER,
        BrokerOrder.AS_LISTED,
        false,
        Loopback.AS_LISTED);
  }

  /**
   * What a failover URI means when it sets nothing, as in ActiveMQ and stompest: 10 ms, doubled to
   * 30 s, without jitter, for ever; brokers in random order. At start-up each broker is tried once,
   * where stompest tries only one.
   */
  public static ReconnectPolicy activeMq() {
    return new ReconnectPolicy(
        new BackOff(Duration.ofMillis(10), Duration.ofSeconds(30), 2, new Jitter.None()),
        OptionalInt.empty(),
        FOREVER,
        BrokerOrder.RANDOM,
        false,
        Loopback.AS_LISTED);
  }

  /**
   * What stomp.py does when it is asked for nothing: passes through the whole list, without a pause
   * inside, until three attempts were made; between passes 100 ms, half as long again each time, up
   * to a minute and a tenth more by chance; brokers on this machine first, and at its loopback
   * address before.
   */
  public static ReconnectPolicy stompPy() {
    return new ReconnectPolicy(
        new BackOff(
            Duration.ofMillis(100),
            Duration.ofSeconds(60),
            1.5,
            new Jitter.Proportional(0.1),
            Rhythm.EACH_PASS),
        OptionalInt.of(2),
        2,
        BrokerOrder.AS_LISTED,
        true,
        Loopback.TRIED_BEFORE);
  }

  /** One attempt at each broker to connect, and none once that connection was lost. */
  public static ReconnectPolicy never() {
    return standard().withRetries(NO_ATTEMPT);
  }

  /** Returns a policy with other delays. */
  public ReconnectPolicy with(BackOff other) {
    return new ReconnectPolicy(other, startupRetries, retries, order, localFirst, loopback);
  }

  /** Returns a policy with another number of retries after a loss. */
  public ReconnectPolicy withRetries(int number) {
    return new ReconnectPolicy(backOff, startupRetries, number, order, localFirst, loopback);
  }

  /** Returns a policy with another number of retries at start-up. */
  public ReconnectPolicy withStartupRetries(int number) {
    return new ReconnectPolicy(
        backOff, OptionalInt.of(number), retries, order, localFirst, loopback);
  }

  /** Returns a policy with another order. */
  public ReconnectPolicy with(BrokerOrder other) {
    return new ReconnectPolicy(backOff, startupRetries, retries, other, localFirst, loopback);
  }

  /** Returns a policy that tries brokers on this machine first. */
  public ReconnectPolicy withLocalFirst() {
    return withLocalFirst(true);
  }

  /** Returns a policy that tries brokers on this machine first, or does not care where they are. */
  public ReconnectPolicy withLocalFirst(boolean wanted) {
    return new ReconnectPolicy(backOff, startupRetries, retries, order, wanted, loopback);
  }

  /** Returns a policy that tries brokers on this machine at its loopback address too, or not. */
  public ReconnectPolicy with(Loopback other) {
    return new ReconnectPolicy(backOff, startupRetries, retries, order, localFirst, other);
  }
}
