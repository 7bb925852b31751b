package io.stompbox.client;

/** What became of an acknowledgement. */
public enum AckResult {
  /** It is on its way to the broker. */
  SENT,
  /**
   * It will be written once the messages before it were processed, since a cumulative ACK covers
   * them too: {@link Acknowledgement#BATCHED}.
   */
  DEFERRED,
  /** A later message's acknowledgement has covered it already; nothing was written. */
  COVERED,
  /**
   * The connection that brought the message is gone, or its subscription was closed, so nothing was
   * written: the broker gives the message out again. On RabbitMQ a late acknowledgement would
   * remove another message.
   */
  STALE,
  /** The broker acknowledges by itself; nothing was written. */
  NOT_NEEDED
}
