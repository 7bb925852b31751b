package io.stompbox.bench.endtoend;

/** Learns how long each ping took until its pong. */
@FunctionalInterface
public interface RoundTrips {
  void add(long nanos);
}
