package io.stompbox.cli.shell;

import io.stompbox.cli.process.Failure;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** What ends a shell while its thread waits for a line. Safe to share between threads. */
final class Ending {
  private final Thread worker;
  private final AtomicReference<Failure> failure = new AtomicReference<>();

  /** Creates one for the thread that reads lines. */
  Ending(Thread worker) {
    this.worker = worker;
  }

  /** Ends the shell; what came first is told. */
  void end(Failure reason) {
    if (failure.compareAndSet(null, reason)) {
      worker.interrupt();
    }
  }

  /** Why it ends; empty while it goes on. */
  Optional<Failure> reason() {
    return Optional.ofNullable(failure.get());
  }
}
