package io.stompbox.client;

import java.util.concurrent.atomic.LongAdder;

/** Counts what became of sends. */
final class SendCounter {
  private final LongAdder confirmed = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private final LongAdder unknown = new LongAdder();
  private final LongAdder notSent = new LongAdder();
  private final LongAdder lateReceipts = new LongAdder();

  void count(Outcome outcome) {
    if (outcome instanceof Outcome.Confirmed) {
      confirmed.increment();
    } else if (outcome instanceof Outcome.Rejected) {
      rejected.increment();
    } else if (outcome instanceof Outcome.Unknown) {
      unknown.increment();
    } else {
      notSent.increment();
    }
  }

  void addUnknown(int sends) {
    unknown.add(sends);
  }

  void countLateReceipt() {
    lateReceipts.increment();
  }

  SendCounts counts() {
    return new SendCounts(
        confirmed.sum(), rejected.sum(), unknown.sum(), notSent.sum(), lateReceipts.sum());
  }
}
