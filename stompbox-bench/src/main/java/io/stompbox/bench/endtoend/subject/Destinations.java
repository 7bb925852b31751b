package io.stompbox.bench.endtoend.subject;

import io.stompbox.bench.endtoend.Endpoint;

/**
 * Where messages go to and come from. The scripted peer knows by the name what to do; with a broker
 * these are queues.
 */
final class Destinations {
  /** What is sent there comes back. */
  static final String ECHO = "/queue/bench.echo";

  /** What is sent there is not looked at. */
  private static final String SINK = "/queue/bench.sink";

  private final Endpoint endpoint;

  /** Each subscription has a destination of its own, as Vert.x takes it for the id. */
  private int number;

  Destinations(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** Has the next {@link #source} be another one. */
  void next() {
    number++;
  }

  String sink() {
    return SINK;
  }

  /** Returns where so many messages of that size come from, once. */
  String source(long messages, int size) {
    return endpoint.makesMessages()
        ? "/source/" + messages + "/" + size + "/" + number
        : "/queue/bench." + ProcessHandle.current().pid() + "." + number;
  }
}
