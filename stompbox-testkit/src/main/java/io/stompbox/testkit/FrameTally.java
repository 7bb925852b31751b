package io.stompbox.testkit;

import java.util.HashMap;
import java.util.Map;

/** Counts what one direction of a connection carries. Safe to share between threads. */
final class FrameTally {
  /** Frames that began, by command; all of them under {@link Place#ANY}. Guarded by this. */
  private final Map<String, Long> begun = new HashMap<>();

  /** Whole frames that passed. Guarded by this. */
  private final Map<String, Long> passed = new HashMap<>();

  /** Octets that passed. Guarded by this. */
  private long octets;

  synchronized void begin(String command) {
    begun.merge(command, 1L, Long::sum);
    begun.merge(Place.ANY, 1L, Long::sum);
  }

  synchronized long begun(String command) {
    return begun.getOrDefault(command, 0L);
  }

  synchronized void passed(String command) {
    passed.merge(command, 1L, Long::sum);
  }

  synchronized void octets(int number) {
    octets += number;
  }

  synchronized Passed passed() {
    return new Passed(octets, passed);
  }
}
