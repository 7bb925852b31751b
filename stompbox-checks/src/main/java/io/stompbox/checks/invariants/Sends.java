package io.stompbox.checks.invariants;

import io.stompbox.client.Confirmation;
import io.stompbox.client.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The sends that a program made, and what it was told of them. Safe to share between threads. */
final class Sends {
  /** Guarded by this. */
  private final List<Confirmation> confirmations = new ArrayList<>();

  private final AtomicLong plain = new AtomicLong();

  synchronized void add(Confirmation confirmation) {
    confirmations.add(confirmation);
  }

  void addPlain() {
    plain.incrementAndGet();
  }

  /** How many asked for no confirmation. */
  long plain() {
    return plain.get();
  }

  /** How many asked for a confirmation. */
  synchronized long confirmable() {
    return confirmations.size();
  }

  /** How many of those have this outcome. */
  synchronized long with(Class<? extends Outcome> kind) {
    return confirmations.stream()
        .flatMap(confirmation -> confirmation.outcome().stream())
        .filter(kind::isInstance)
        .count();
  }

  synchronized long undecided() {
    return confirmations.stream().filter(confirmation -> !confirmation.isDone()).count();
  }
}
