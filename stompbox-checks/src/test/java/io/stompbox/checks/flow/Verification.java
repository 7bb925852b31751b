package io.stompbox.checks.flow;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.TestAbortedException;
import org.testng.ITestResult;
import org.testng.TestListenerAdapter;
import org.testng.TestNG;

/** Runs a class of the kit, which is written for TestNG, and gives what came of it to JUnit. */
final class Verification {
  private Verification() {}

  static Stream<DynamicTest> results(Class<?> rules) {
    TestListenerAdapter heard = new TestListenerAdapter();
    TestNG kit = new TestNG(false);
    kit.setVerbose(0);
    kit.setTestClasses(new Class<?>[] {rules});
    kit.addListener(heard);
    kit.run();
    return Stream.of(
            heard.getConfigurationFailures(),
            heard.getPassedTests(),
            heard.getFailedTests(),
            heard.getSkippedTests())
        .flatMap(List::stream)
        .map(result -> DynamicTest.dynamicTest(result.getName(), () -> tell(result)));
  }

  private static void tell(ITestResult result) throws Throwable {
    if (result.getStatus() == ITestResult.SKIP) {
      throw new TestAbortedException(String.valueOf(result.getThrowable()));
    }
    if (result.getStatus() != ITestResult.SUCCESS) {
      throw Objects.requireNonNullElseGet(
          result.getThrowable(), () -> new AssertionError("failed without saying why"));
    }
  }
}
