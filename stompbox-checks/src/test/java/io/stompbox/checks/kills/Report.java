package io.stompbox.checks.kills;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What came of a run: counts by name, and the promises that were broken. Used by one thread. */
final class Report {
  private final String run;
  private final Map<String, Long> counts = new LinkedHashMap<>();
  private final List<String> broken = new ArrayList<>();

  Report(String run) {
    this.run = run;
  }

  /** Adds a count that may be anything. */
  Report count(String name, long value) {
    counts.merge(name, value, Long::sum);
    return this;
  }

  /** Adds a count that is promised to be at most {@code most}. */
  Report countAtMost(String name, long value, long most) {
    if (value > most) {
      broke(name + " is " + value + ", more than " + most);
    }
    return count(name, value);
  }

  /** Adds a count that is promised to be at least {@code least}. */
  Report countAtLeast(String name, long value, long least) {
    if (value < least) {
      broke(name + " is " + value + ", less than " + least);
    }
    return count(name, value);
  }

  /** Adds a promise that did not hold. */
  Report broke(String promise) {
    broken.add(promise);
    return this;
  }

  /** Adds up several runs. */
  static Report total(List<Report> reports) {
    Report total = new Report("total of " + reports.size() + " runs");
    for (Report report : reports) {
      report.counts.forEach(total::count);
      total.broken.addAll(report.broken);
    }
    return total;
  }

  /** The promises that did not hold; empty if all did. */
  List<String> broken() {
    return List.copyOf(broken);
  }

  long of(String name) {
    return counts.getOrDefault(name, 0L);
  }

  /** One line: the run, each count as {@code name=value}, and what was broken. */
  @Override
  public String toString() {
    String values =
        counts.entrySet().stream().map(Object::toString).collect(Collectors.joining(" "));
    return run + ": " + values + (broken.isEmpty() ? "" : "; BROKEN: " + String.join(", ", broken));
  }
}
