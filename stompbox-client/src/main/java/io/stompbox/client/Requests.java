package io.stompbox.client;

import io.stompbox.protocol.frame.Frame;

/**
 * Sends frames that mean something on one connection only, with or without asking for a receipt.
 * They never wait for room, and vanish with their connection. Safe to share between threads.
 */
record Requests(Outbox outbox, Receipts receipts, Timeouts timeouts) {

  /** Sends a frame that nobody asks about. */
  void send(Frame frame, Epoch epoch) {
    outbox.putLast(Outbound.bound(frame, epoch.number()));
  }

  /** Sends a frame and asks for its receipt; the confirmation learns what became of it. */
  void ask(Frame frame, Epoch epoch, Confirmation confirmation) {
    outbox.putLast(asking(frame, epoch, confirmation));
  }

  /** Returns a frame that asks for its receipt, for the caller to send. */
  Outbound asking(Frame frame, Epoch epoch, Confirmation confirmation) {
    String receipt = receipts.next();
    Frame asking = frame.with("receipt", receipt);
    Outbound outbound = Outbound.bound(asking, epoch.number(), receipt, confirmation);
    outbound.deadline(outbox.deadline(timeouts.receipt()));
    return outbound;
  }
}
