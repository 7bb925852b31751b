package io.stompbox.cli.message;

import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.client.AckResult;
import io.stompbox.protocol.frame.IllegalFrameException;
import java.util.List;
import java.util.function.Supplier;

/** Tells brokers what became of messages, which takes the id that each gave its message for it. */
final class Settling {
  private Settling() {}

  /**
   * Settles one message.
   *
   * @param fate what became of it, for whoever is told that it can't be settled
   */
  static AckResult settle(Supplier<AckResult> settling, String fate) {
    try {
      return settling.get();
    } catch (IllegalFrameException e) {
      throw fault(e, fate);
    }
  }

  /** Returns the failure for a message without an id: it is the broker's and nobody else's. */
  static Failure fault(IllegalFrameException thrown, String fate) {
    return new Failure(
        ExitCode.CONNECTION_LOST,
        "the broker broke the protocol: " + thrown.getMessage(),
        List.of(fate),
        thrown);
  }
}
