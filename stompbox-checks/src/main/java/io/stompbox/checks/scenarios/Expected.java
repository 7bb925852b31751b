package io.stompbox.checks.scenarios;

import io.stompbox.testkit.script.Arguments;
import io.stompbox.testkit.script.Arguments.Pair;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Expectations that are written {@code name:value}. */
final class Expected {
  private Expected() {}

  /** Takes {@code name:yes} or {@code name:no}; empty if nothing is left. */
  static Optional<Boolean> yesOrNo(Arguments arguments, String name) {
    Map<String, String> values = of(arguments, Set.of(name));
    String value = values.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!Set.of("yes", "no").contains(value)) {
      throw arguments.complaint("'" + name + ":" + value + "'", "expected is yes or no");
    }
    return Optional.of(value.equals("yes"));
  }

  /** Takes all pairs that follow; their names are among {@code allowed}. */
  static Map<String, String> of(Arguments arguments, Set<String> allowed) {
    Map<String, String> values = new LinkedHashMap<>();
    Optional<Pair> next = arguments.pair();
    while (next.isPresent()) {
      if (!allowed.contains(next.get().name())) {
        throw arguments.complaint(
            "'" + next.get().name() + "'", "allowed are " + allowed.stream().sorted().toList());
      }
      values.put(next.get().name(), next.get().value());
      next = arguments.pair();
    }
    return values;
  }
}
