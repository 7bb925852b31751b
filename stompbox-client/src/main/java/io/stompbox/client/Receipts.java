package io.stompbox.client;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Makes receipt ids that are unique within a client, and the confirmations that go with them. */
final class Receipts {
  private final Executor executor;
  private final AtomicLong last = new AtomicLong();

  /** {@code threads} is what runs stages that the program gets. */
  Receipts(Executor threads) {
    this.executor = new StageTasks(threads);
  }

  String next() {
    return "r-" + last.incrementAndGet();
  }

  Confirmation confirmation(String what) {
    return confirmation(what, Receipts::ignore);
  }

  Confirmation confirmation(String what, String of) {
    return new Confirmation(what, of, executor, Receipts::ignore);
  }

  Confirmation confirmation(String what, Consumer<Outcome> reaction) {
    return new Confirmation(what, "", executor, reaction);
  }

  private static void ignore(Outcome outcome) {}
}
