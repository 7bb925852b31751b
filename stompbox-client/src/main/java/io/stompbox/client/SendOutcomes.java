package io.stompbox.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of sends: counts it, and keeps it until observers may hear of it. The lock of its
 * {@link Outbox} guards it, but for the counter.
 */
final class SendOutcomes {
  private final SendCounter counter = new SendCounter();
  private final Observation observation;
  private final TimeSource time;

  /** What observers have not heard. */
  private final List<Settled> untold = new ArrayList<>();

  /** A send and its outcome; {@code elapsed} since it was accepted, zero if nobody asked. */
  record Settled(String destination, Outcome outcome, Duration elapsed) {}

  SendOutcomes(Observation observation, TimeSource time) {
    this.observation = observation;
    this.time = time;
  }

  SendCounter counter() {
    return counter;
  }

  Observation observation() {
    return observation;
  }

  /** The outcome of a SEND is known. */
  void add(Outbound send, Outcome outcome) {
    counter.count(outcome);
    String destination = send.destination();
    if (observation.isOn() && destination != null) {
      Duration elapsed =
          send.isPlainSend() ? Duration.ZERO : Duration.ofNanos(time.nanoTime() - send.accepted());
      untold.add(new Settled(destination, outcome, elapsed));
    }
  }

  /** Takes out what observers have not heard, to {@link #tell} it once the lock is free. */
  List<Settled> takeUntold() {
    if (untold.isEmpty()) {
      return List.of();
    }
    List<Settled> taken = List.copyOf(untold);
    untold.clear();
    return taken;
  }

  /** Tells observers. Call it without the lock. */
  void tell(List<Settled> settled) {
    // Indexed, as even an iterator over nothing would be garbage.
    for (int i = 0; i < settled.size(); i++) {
      Settled send = settled.get(i);
      observation.sendOutcome(send.destination(), send.outcome(), send.elapsed());
    }
  }
}
