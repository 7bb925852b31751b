package io.stompbox.cli.bench;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens. Safe to share. */
final class Tally {
  private final Map<Count, LongAdder> counters = new EnumMap<>(Count.class);

  Tally() {
    for (Count count : Count.values()) {
      counters.put(count, new LongAdder());
    }
  }

  void add(Count what) {
    counter(what).increment();
  }

  long get(Count what) {
    return counter(what).sum();
  }

  Counts counts() {
    return Counts.of(this::get);
  }

  private LongAdder counter(Count what) {
    LongAdder counter = counters.get(what);
    if (counter == null) {
      throw new AssertionError("there is a counter for each: " + what);
    }
    return counter;
  }
}
