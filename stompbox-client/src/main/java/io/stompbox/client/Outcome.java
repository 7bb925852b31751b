package io.stompbox.client;

import io.stompbox.protocol.frame.StompException;

/** What became of a frame whose receipt was asked for. */
public sealed interface Outcome {
  /**
   * The receipt came: the broker has handled the frame. How durable that is, is the broker's
   * business.
   *
   * @param attempts how often it was written
   * @param epoch the number of the physical connection that brought the receipt
   * @param possibleDuplicate whether an earlier attempt may have arrived too
   */
  record Confirmed(int attempts, int epoch, boolean possibleDuplicate) implements Outcome {}

  /**
   * The broker refused it. It is not sent again.
   *
   * @param cause a {@link BrokerErrorException} with the ERROR frame that names it, or a {@link
   *     PoisonMessageException} if the broker ended one connection after the other instead
   */
  record Rejected(StompException cause) implements Outcome {}

  /** It was written, and whether the broker has handled it is not known. */
  record Unknown(StompException cause) implements Outcome {}

  /**
   * No octet of it was written, or its {@link BodySource} failed in the middle: the broker can't
   * have it.
   */
  record NotSent(StompException cause) implements Outcome {}
}
