package io.stompbox.cli.bench;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/** How often what happened; what is not there has not happened. */
record Counts(Map<Count, Long> numbers) {
  Counts {
    numbers = Map.copyOf(numbers);
  }

  static Counts of(ToLongFunction<Count> number) {
    Map<Count, Long> numbers = new EnumMap<>(Count.class);
    for (Count count : Count.values()) {
      numbers.put(count, number.applyAsLong(count));
    }
    return new Counts(numbers);
  }

  long get(Count count) {
    return numbers.getOrDefault(count, 0L);
  }

  Counts since(Counts earlier) {
    return of(count -> get(count) - earlier.get(count));
  }
}
