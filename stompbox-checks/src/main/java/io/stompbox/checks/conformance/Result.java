package io.stompbox.checks.conformance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A case and all tries of it. */
record Result(Case tried, List<Run> runs) {
  Result {
    runs = List.copyOf(runs);
  }

  /** Whether the case was tried, and every try gave what it must give. */
  boolean passed() {
    return !runs.isEmpty() && runs.stream().allMatch(Run::passed);
  }

  /** Whether there is nothing yet that can try it. */
  boolean notRun() {
    return tried instanceof Case.NotRun;
  }

  /** Returns what went wrong, each outcome once; empty if nothing did. */
  String failures() {
    if (tried instanceof Case.Unreadable unreadable) {
      return unreadable.id() + ": " + unreadable.complaint();
    }
    Map<String, List<Run>> byOutcome =
        runs.stream()
            .filter(run -> !run.passed())
            .collect(
                Collectors.groupingBy(
                    run -> run.expected() + '\n' + run.actual(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    return byOutcome.values().stream().map(this::failure).collect(Collectors.joining("\n"));
  }

  private String failure(List<Run> alike) {
    Run first = alike.get(0);
    String others = alike.size() == 1 ? "" : " and " + (alike.size() - 1) + " more ways";
    return "%s (%s) in %s%s%n  expected: %s%n  actual:   %s"
        .formatted(tried.id(), tried.area(), first.way(), others, first.expected(), first.actual());
  }
}
