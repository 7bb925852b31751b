package io.stompbox.checks.scenarios;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Things by the names that a scenario gives them. Safe to share between threads. */
final class Named<T> {
  private final String kind;
  private final Map<String, T> things = new ConcurrentHashMap<>();

  /** Creates an empty collection; {@code kind} is what messages call one of them. */
  Named(String kind) {
    this.kind = kind;
  }

  void put(String name, T thing) {
    things.put(name, thing);
  }

  T get(String name) {
    T thing = things.get(name);
    if (thing == null) {
      throw new AssertionError(
          "there is no " + kind + " '" + name + "'; there are " + things.keySet());
    }
    return thing;
  }
}
