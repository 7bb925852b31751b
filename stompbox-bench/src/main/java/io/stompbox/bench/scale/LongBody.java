package io.stompbox.bench.scale;

import io.stompbox.client.BodySource;
import io.stompbox.client.StompClient;
import java.time.Duration;

/** One body of n octets, more than the heap has, and the figures of its way. */
record LongBody(Measuring to) {
  /** How long each step of its way may take. */
  static final Duration LIMIT = Duration.ofMinutes(5);

  private static final double MEBI = 1024 * 1024;

  long length() {
    return to.n();
  }

  /** Returns its octets, which are made while they are sent. */
  BodySource source() {
    return new BodySource(length(), () -> new MadeOctets(length()));
  }

  /** Prints how fast it was, and what it was done with. */
  void print(String rate, double seconds, StompClient client) {
    to.print(rate, length() / MEBI / seconds, "MiB");
    to.printHeapLimit();
    to.print("connections", client.epoch(), "");
  }
}
