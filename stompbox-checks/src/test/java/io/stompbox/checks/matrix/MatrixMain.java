package io.stompbox.checks.matrix;

import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs the tests of the fault matrix, the quick and the slow ones, one after the other. Prints a
 * line for each with what was counted, and as the last line {@code N passed, N failed}. The exit
 * code is 0 if at least one ran and none failed, else 1.
 */
public final class MatrixMain {
  private static final String TESTS = "io.stompbox.checks";

  private MatrixMain() {}

  /**
   * Runs the tests and ends the JVM.
   *
   * @param classes parts of the names of test classes; all if there are none
   */
  public static void main(String[] classes) {
    System.exit(run(List.of(classes), System.out));
  }

  /** Runs the tests of all classes, or of those that have one of the words in their names. */
  public static int run(List<String> words, PrintStream out) {
    String names = words.stream().map(Pattern::quote).collect(Collectors.joining("|"));
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectPackage(TESTS))
            .filters(
                includeClassNamePatterns(".*(" + names + ").*"),
                EngineFilter.includeEngines("junit-jupiter"),
                TagFilter.includeTags(Fault.TAG))
            .build();
    Printer printer = new Printer(out);
    LauncherFactory.create().execute(request, printer);
    return printer.summary();
  }

  /** Prints what comes. */
  private static final class Printer implements TestExecutionListener {
    private final PrintStream out;
    private final AtomicInteger passed = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();

    private Printer(PrintStream out) {
      this.out = out;
    }

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
      entry.getKeyValuePairs().forEach((rows, counters) -> out.println(rows + ": " + counters));
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
      out.println("SKIPPED " + test.getLegacyReportingName() + ": " + reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      String failure = result.getThrowable().map(Throwable::toString).orElse("no reason is known");
      if (result.getStatus() == Status.FAILED) {
        failed.incrementAndGet();
        out.println("FAILED " + name(test) + ": " + failure);
      } else if (result.getStatus() == Status.ABORTED) {
        out.println("SKIPPED " + name(test) + ": " + failure);
      } else if (test.isTest()) {
        passed.incrementAndGet();
        out.println("passed " + name(test));
      }
    }

    private static String name(TestIdentifier test) {
      return test.getUniqueIdObject().getSegments().stream()
          .skip(1)
          .map(segment -> segment.getValue().replaceAll(".*\\.", ""))
          .collect(Collectors.joining(" "));
    }

    private int summary() {
      out.println(passed + " passed, " + failed + " failed");
      return failed.get() == 0 && passed.get() > 0 ? 0 : 1;
    }
  }
}
