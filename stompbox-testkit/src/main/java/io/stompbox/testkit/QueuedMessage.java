package io.stompbox.testkit;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;

/**
 * A message that a {@link QueueBroker} holds.
 *
 * @param number its place in the order of all messages
 * @param source the SEND frame
 */
record QueuedMessage(long number, Frame source) {
  /** The message-id header. It stays the same when the message is given out again. */
  String id() {
    return "message-" + number;
  }

  /** The queue that it belongs to. */
  String destination() {
    return source.require("destination");
  }

  /** Whoever gets it next learns that it may have been processed before. */
  QueuedMessage redelivered() {
    return with(source.headers().toBuilder().set("redelivered", "true"));
  }

  QueuedMessage movedTo(String queue) {
    return with(
        source.headers().toBuilder()
            .set("destination", queue)
            .set("original-destination", destination()));
  }

  private QueuedMessage with(Headers.Builder headers) {
    return new QueuedMessage(number, new Frame(source.command(), headers.build(), source.body()));
  }
}
