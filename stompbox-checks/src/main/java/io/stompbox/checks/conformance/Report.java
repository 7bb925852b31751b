package io.stompbox.checks.conformance;

import java.io.PrintStream;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Prints failures as they come and totals at the end. */
final class Report {
  private final PrintStream out;
  private final Map<String, Total> totals = new TreeMap<>();

  Report(PrintStream out) {
    this.out = out;
  }

  void add(Result result) {
    totals.merge(result.line().section(), Total.of(result), Total::plus);
    if (!result.passed()) {
      out.println(result.failures());
    }
  }

  void printTotals() {
    totals.forEach(
        (section, total) ->
            out.printf("%s: %s in %d runs%n", section, total.passedAndFailed(), total.runs()));
    out.println(total().passedAndFailed());
  }

  /** Returns the total of all sections. */
  Total total() {
    Collection<Total> sections = totals.values();
    return sections.stream().reduce(Total.NONE, Total::plus);
  }

  /** How many cases passed and failed, and how often they were tried. */
  record Total(int passed, int failed, int runs) {
    private static final Total NONE = new Total(0, 0, 0);

    private static Total of(Result result) {
      return result.passed()
          ? new Total(1, 0, result.runs().size())
          : new Total(0, 1, result.runs().size());
    }

    private Total plus(Total other) {
      return new Total(passed + other.passed, failed + other.failed, runs + other.runs);
    }

    private String passedAndFailed() {
      return passed + " passed, " + failed + " failed";
    }
  }
}
