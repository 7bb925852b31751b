package io.stompbox.bench.codec.run;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Runs work until the compilers are quiet. Counts CPU time of this thread: on a busy machine a
 * second of wall time may hold little work, and the compilers starve as well.
 */
final class WarmUp {
  private static final long LEAST = 2_000_000_000L;
  private static final long MOST = 6_000_000_000L;
  private static final long WINDOW = 200_000_000L;

  /** How many windows in a row the compilers must be quiet. */
  private static final int QUIET = 3;

  private static final long QUIET_MILLIS = 10;

  private WarmUp() {}

  /** What is warmed up. */
  @FunctionalInterface
  interface Step {
    void run() throws Exception;
  }

  static void run(Step step) throws Exception {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
    long start = threads.getCurrentThreadCpuTime();
    long used = 0;
    int quiet = 0;
    while (used < MOST && (used < LEAST || quiet < QUIET)) {
      long compiled = compilers.getTotalCompilationTime();
      long end = used + WINDOW;
      while (used < end) {
        step.run();
        used = threads.getCurrentThreadCpuTime() - start;
      }
      quiet = compilers.getTotalCompilationTime() - compiled < QUIET_MILLIS ? quiet + 1 : 0;
    }
  }
}
