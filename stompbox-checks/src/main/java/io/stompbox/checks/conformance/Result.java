package io.stompbox.checks.conformance;

import io.stompbox.checks.conformance.kit.Run;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A line and all tries of its case. */
record Result(Line line, List<Run> runs) {
  Result {
    runs = List.copyOf(runs);
  }

  /** Whether the case was tried, and every try gave what it must give. */
  boolean passed() {
    return !runs.isEmpty() && runs.stream().allMatch(Run::passed);
  }

  /** Returns what went wrong, each outcome once; empty if nothing did. */
  String failures() {
    if (line instanceof Line.Accepted accepted) {
      return failures(accepted);
    }
    Line.Refused refused = (Line.Refused) line;
    return refused.place() + ": " + refused.complaint();
  }

  private String failures(Line.Accepted accepted) {
    String name = accepted.id() + (accepted.area().isEmpty() ? "" : " (" + accepted.area() + ")");
    if (runs.isEmpty()) {
      return name + " was not tried in any way";
    }
    Map<String, List<Run>> byOutcome =
        runs.stream()
            .filter(run -> !run.passed())
            .collect(
                Collectors.groupingBy(
                    run -> run.expected() + '\n' + run.actual(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    return byOutcome.values().stream()
        .map(alike -> failure(name, alike))
        .collect(Collectors.joining("\n"));
  }

  private static String failure(String name, List<Run> alike) {
    Run first = alike.get(0);
    String others = alike.size() == 1 ? "" : " and " + (alike.size() - 1) + " more ways";
    return "%s in %s%s%n  expected: %s%n  actual:   %s"
        .formatted(name, first.way(), others, first.expected(), first.actual());
  }
}
