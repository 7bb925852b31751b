package io.stompbox.client;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.session.Commands;

/** What the broker is told of a message. */
enum Verdict {
  /** It was processed: ACK. */
  PROCESSED {
    @Override
    Frame frame(Commands commands, Frame message) {
      return commands.ack(message);
    }
  },
  /** It was not: NACK. */
  REFUSED {
    @Override
    Frame frame(Commands commands, Frame message) {
      return commands.nack(message);
    }
  };

  /**
   * Returns the frame that says so.
   *
   * @throws IllegalArgumentException if the version has none, or the message lacks what it needs
   */
  abstract Frame frame(Commands commands, Frame message);
}
