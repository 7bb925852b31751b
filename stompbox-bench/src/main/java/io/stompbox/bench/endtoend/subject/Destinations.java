package io.stompbox.bench.endtoend.subject;

import io.stompbox.bench.endtoend.Endpoint;

/**
 * Where messages go to and come from. The scripted peer knows by the name what to do; with a broker
 * messages come from queues, and those that nobody wants go to a topic, which keeps none.
 */
final class Destinations {
  private final Endpoint endpoint;

  /** Each subscription has a destination of its own, so that none gets what another has left. */
  private int number;

  Destinations(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** Has the next {@link #source} be another one. */
  void next() {
    number++;
  }

  /** Returns where nobody looks at what is sent. */
  String sink() {
    return endpoint.makesMessages() ? "/queue/bench.sink" : "/topic/bench.sink";
  }

  /** Returns where what is sent comes back to who has subscribed. */
  String echo() {
    return endpoint.makesMessages() ? "/queue/bench.echo" : own("echo");
  }

  /** Returns where so many messages of that size come from, once. */
  String source(long messages, int size) {
    return endpoint.makesMessages()
        ? "/source/" + messages + "/" + size + "/" + number
        : own("" + number);
  }

  private static String own(String name) {
    return "/queue/bench." + ProcessHandle.current().pid() + "." + name;
  }
}
