package io.stompbox.checks.flow;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.Peer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A broker's queue of so many messages, for each subscription. */
final class FiniteQueue {
  /** More than the kit takes where it asks for an endless stream. */
  private static final long MOST = 50;

  private final long messages;
  private final CompletableFuture<Boolean> done = new CompletableFuture<>();
  private long unacknowledged;

  FiniteQueue(long messages) {
    this.messages = messages;
  }

  /** Completes when all messages of all subscriptions were acknowledged. */
  CompletionStage<Boolean> done() {
    return done;
  }

  void serve(Peer peer) {
    peer.handshake("1.2");
    for (Optional<Frame> frame = peer.next(); frame.isPresent(); frame = peer.next()) {
      answer(peer, frame.get());
    }
  }

  private void answer(Peer peer, Frame frame) {
    switch (frame.command().name()) {
      case "SUBSCRIBE" -> {
        unacknowledged += messages;
        peer.receiptFor(frame);
        for (long i = 1; i <= Math.min(messages, MOST); i++) {
          peer.message(frame, frame.require("id") + "-" + i, "" + i);
        }
      }
      case "ACK" -> unacknowledged--;
      default -> {
        if (frame.header("receipt") != null) {
          peer.receiptFor(frame);
        }
        return;
      }
    }
    if (unacknowledged == 0) {
      done.complete(true);
    }
  }
}
