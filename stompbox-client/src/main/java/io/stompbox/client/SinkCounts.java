package io.stompbox.client;

/**
 * What became of the messages that a {@link MessageSink} was given.
 *
 * @param confirmed those that the broker has confirmed
 * @param failed those that it has not, for good: refused, not sent, or unknown
 */
public record SinkCounts(long confirmed, long failed) {

  SinkCounts plus(boolean isConfirmed) {
    return isConfirmed
        ? new SinkCounts(confirmed + 1, failed)
        : new SinkCounts(confirmed, failed + 1);
  }
}
