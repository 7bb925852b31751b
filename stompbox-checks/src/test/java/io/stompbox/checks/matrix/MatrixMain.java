package io.stompbox.checks.matrix;

import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs what the table of the fault matrix names, the quick and the slow tests of this module and
 * all scenarios, one after the other. Prints a line for each with what was counted, and as the last
 * line {@code N passed, N failed}. The exit code is 0 if at least one ran and none failed, else 1.
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
    Printer printer = new Printer(out);
    try {
      Set<String> tests = new HashSet<>(FaultTable.read().tests());
      tests.add("ScenariosTest");
      LauncherFactory.create().execute(request(tests, words), printer);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the table of the fault matrix", e);
    }
    return printer.summary();
  }

  private static LauncherDiscoveryRequest request(Set<String> tests, List<String> words) {
    String names = words.stream().map(Pattern::quote).collect(Collectors.joining("|"));
    Set<String> classes =
        tests.stream().map(test -> test.replaceAll("\\..*", "")).collect(Collectors.toSet());
    return LauncherDiscoveryRequestBuilder.request()
        .selectors(selectPackage(TESTS))
        .filters(
            includeClassNamePatterns(".*(" + names + ").*"),
            includeClassNamePatterns(".*\\.(" + String.join("|", classes) + ")"),
            EngineFilter.includeEngines("junit-jupiter"),
            isOneOf(tests))
        .build();
  }

  private static PostDiscoveryFilter isOneOf(Set<String> tests) {
    return test ->
        FilterResult.includedIf(
            test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(MethodSource.class::cast)
                .map(
                    method -> {
                      String name = method.getJavaClass().getSimpleName();
                      return tests.contains(name)
                          || tests.contains(name + "." + method.getMethodName());
                    })
                .orElse(true));
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

    /** Class, method, and which one it is of several with the same method. */
    private static String name(TestIdentifier test) {
      return test.getUniqueIdObject().getSegments().stream()
          .skip(1)
          .map(
              segment ->
                  segment.getType().equals("test-template-invocation")
                      ? test.getDisplayName()
                      : segment.getValue().replaceAll("\\(.*", "").replaceAll(".*\\.", ""))
          .collect(Collectors.joining(" "));
    }

    private int summary() {
      out.println(passed + " passed, " + failed + " failed");
      return failed.get() == 0 && passed.get() > 0 ? 0 : 1;
    }
  }
}
