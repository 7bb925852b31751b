package io.stompbox.checks.conformance;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Prints failures as they come and totals at the end. */
final class Report {
  private final PrintStream out;
  private final List<Result> results = new ArrayList<>();

  Report(PrintStream out) {
    this.out = out;
  }

  void add(Result result) {
    results.add(result);
    if (!result.passed() && !result.notRun()) {
      out.println(result.failures());
    }
  }

  void printTotals() {
    bySection(false).forEach((section, tried) -> out.println(section + ": " + total(tried)));
    Map<String, List<Result>> notRun = bySection(true);
    if (!notRun.isEmpty()) {
      out.println(notRun(notRun));
    }
    out.println(passed() + " passed, " + failed() + " failed");
  }

  long passed() {
    return results.stream().filter(Result::passed).count();
  }

  long failed() {
    return results.stream().filter(result -> !result.passed() && !result.notRun()).count();
  }

  private Map<String, List<Result>> bySection(boolean notRun) {
    return results.stream()
        .filter(result -> result.notRun() == notRun)
        .collect(
            Collectors.groupingBy(
                result -> result.tried().section(), TreeMap::new, Collectors.toList()));
  }

  private static String total(List<Result> tried) {
    int runs = tried.stream().mapToInt(result -> result.runs().size()).sum();
    return tried.size() + " cases, " + runs + " runs";
  }

  private static String notRun(Map<String, List<Result>> sections) {
    int total = sections.values().stream().mapToInt(List::size).sum();
    return sections.entrySet().stream()
        .map(section -> section.getKey() + " " + section.getValue().size())
        .collect(Collectors.joining(", ", total + " not run (", ")"));
  }
}
