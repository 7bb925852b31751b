package io.stompbox.client;

import java.util.concurrent.atomic.LongAdder;

/** Counts what a client receives. */
final class ReceiveCounter {
  private final LongAdder messages = new LongAdder();
  private final LongAdder unrouted = new LongAdder();
  private final LongAdder staleAcks = new LongAdder();
  private final LongAdder handlerFailures = new LongAdder();
  private final LongAdder unknownFrames = new LongAdder();
  private final LongAdder duplicates = new LongAdder();

  void addMessage() {
    messages.increment();
  }

  void addUnrouted() {
    unrouted.increment();
  }

  void addStaleAck() {
    staleAcks.increment();
  }

  void addHandlerFailure() {
    handlerFailures.increment();
  }

  void addUnknownFrame() {
    unknownFrames.increment();
  }

  void addDuplicate() {
    duplicates.increment();
  }

  ReceiveCounts counts() {
    return new ReceiveCounts(
        messages.sum(),
        unrouted.sum(),
        staleAcks.sum(),
        handlerFailures.sum(),
        unknownFrames.sum(),
        duplicates.sum());
  }
}
