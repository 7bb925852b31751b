package io.stompbox.client;

import io.stompbox.protocol.frame.StompException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the message on which a broker ends connections without naming it, as RabbitMQ does for what
 * a full queue refuses. When two connections in a row end without a confirmation although sends
 * were repeated on them, the repeated ones are written one at a time, each when the one before has
 * its outcome. A connection that ends then ends on the one that is alone. The lock of its {@link
 * Outbox} guards it.
 */
final class PoisonIsolation {
  /** How many connections in a row have to be in vain. */
  private static final int IN_VAIN = 2;

  /** Connections in a row that were. */
  private int inVain;

  private boolean isActive;

  /** Whether the current connection brought an outcome. */
  private boolean hasProgress;

  /** Whether one was given up that may still end the connection, so that no other is to blame. */
  private boolean isClouded;

  /** What was written alone and has no outcome yet. */
  private @Nullable Outbound alone;

  /** What was alone when a connection failed, which need not have been the broker's doing. */
  private @Nullable Outbound suspect;

  /** A connection begins. */
  void start() {
    hasProgress = false;
    isClouded = false;
    alone = null;
  }

  /** Whether sends that were written before have to go one at a time. */
  boolean isActive() {
    return isActive;
  }

  boolean isOneAlone() {
    return alone != null;
  }

  /** Takes the next frame that may go on any connection; false if isolation is over with it. */
  boolean isolate(Outbound next) {
    isActive = next.isConfirmedSend() && next.attempts() > 0;
    alone = isActive ? next : null;
    return isActive;
  }

  /** The broker has confirmed or refused something. */
  void answered(Outbound outbound) {
    hasProgress |= outbound.isConfirmedSend();
    if (outbound == alone) {
      alone = null;
    }
  }

  /** What was alone may have been given up without an answer. */
  void givenUp() {
    Outbound given = alone;
    if (given != null && given.isSettled()) {
      alone = null;
      isClouded = true;
    }
  }

  /**
   * Learns that a connection has ended.
   *
   * @param written sends that may have been written on it and have no outcome
   * @return the message to blame; null if there is none
   */
  @Nullable Outbound ended(List<Outbound> written, StompException cause) {
    boolean isBlamable = isOrderly(cause) || isFailure(cause);
    Outbound blamed = isBlamable && !isClouded ? blame(written, cause) : null;
    if (hasProgress || !isBlamable) {
      inVain = 0;
    } else if (written.stream().anyMatch(outbound -> outbound.attempts() > 1)) {
      inVain++;
    }
    isActive |= inVain >= IN_VAIN;
    if (isActive) {
      inVain = 0;
    }
    alone = null;
    return blamed;
  }

  /** A network may fail by itself once, but hardly on the same message twice. */
  private @Nullable Outbound blame(List<Outbound> written, StompException cause) {
    Outbound candidate = alone;
    if (candidate == null || !written.contains(candidate)) {
      return null;
    }
    boolean isCertain = isOrderly(cause) || candidate == suspect;
    suspect = candidate;
    return isCertain ? candidate : null;
  }

  /** What becomes of a message that is to blame. */
  static Outcome outcome(Outbound outbound, StompException cause) {
    return new Outcome.Rejected(
        new PoisonMessageException(
            "the message was sent on "
                + outbound.attempts()
                + " connections and the broker ended all of them, the last when it was sent alone;"
                + " it is not sent again: "
                + cause.getMessage(),
            cause));
  }

  /** The broker said that something was wrong but not what, or closed without a word. */
  private static boolean isOrderly(StompException cause) {
    if (cause instanceof BrokerErrorException error) {
      return error.named() == null;
    }
    return cause instanceof ConnectionLostException && cause.getCause() == null;
  }

  /** Closing with unread octets resets the connection, and TLS takes a plain close for a fault. */
  private static boolean isFailure(StompException cause) {
    return cause instanceof ConnectionLostException && cause.getCause() instanceof IOException;
  }
}
