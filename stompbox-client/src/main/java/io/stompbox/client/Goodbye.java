package io.stompbox.client;

import io.stompbox.protocol.session.Commands;
import io.stompbox.protocol.session.FrameOptions;
import java.time.Duration;

/** Says goodbye to the broker of one connection. */
record Goodbye(Outbox outbox, Receipts receipts, Commands commands, int epoch) {

  /** Returns what can learn of the answer. */
  Confirmation farewell() {
    return receipts.confirmation("DISCONNECT");
  }

  /**
   * Sends DISCONNECT.
   *
   * @param limit until when the broker has to have answered
   * @param farewell learns of its answer, or that it was written where none is asked for
   */
  void say(Farewell how, Duration limit, Confirmation farewell) {
    outbox.observation().disconnecting(epoch);
    if (how instanceof Farewell.Confirmed confirmed) {
      String chosen = confirmed.receipt();
      String receipt = chosen == null ? receipts.next() : chosen;
      Outbound disconnect = Outbound.bound(commands.disconnect(receipt), epoch, receipt, farewell);
      disconnect.deadline(outbox.deadline(limit));
      outbox.putLast(disconnect);
    } else {
      outbox.putLast(Outbound.bound(commands.disconnect(FrameOptions.NONE), epoch));
      outbox.putLast(Outbound.mark(farewell));
    }
  }
}
