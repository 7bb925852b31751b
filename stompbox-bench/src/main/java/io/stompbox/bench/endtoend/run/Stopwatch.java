package io.stompbox.bench.endtoend.run;

import com.sun.management.OperatingSystemMXBean;
import io.stompbox.bench.endtoend.Endpoint;
import io.stompbox.bench.endtoend.Run;
import io.stompbox.bench.endtoend.Scenario;
import io.stompbox.bench.report.Machine;
import io.stompbox.bench.report.Spread;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/** Runs a client until the compilers are quiet, then repeats what is measured. */
final class Stopwatch {
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final CompilationMXBean COMPILERS = ManagementFactory.getCompilationMXBean();

  private static final int REPETITIONS = 3;
  private static final long FEWEST = 20;

  /** CPU time, as a second of a busy machine may hold little work. */
  private static final double WARM_UP_SECONDS = 2.5;

  static final double MOST_WARM_UP_SECONDS = 10;
  private static final long QUIET_MILLIS = 30;
  private static final int QUIET_STEPS = 2;
  private static final double STEP_SECONDS = 0.3;

  /** What a step needs of the time of the one before, at least, if nothing gets faster any more. */
  private static final double STEADY = 0.8;

  private static final double NANOS = 1e9;

  private final Run run;
  private final double seconds;
  private final Histogram roundTrips = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);

  Stopwatch(Run run, double seconds) {
    this.run = run;
    this.seconds = seconds;
  }

  /**
   * How warm-up ended.
   *
   * @param each nanoseconds of a message at the end
   * @param isQuiet false if it ended by its limit
   */
  private record WarmUp(double each, boolean isQuiet) {}

  /** What one repetition took, for a message. */
  private record Repetition(double cpu, double wall, double allocated) {}

  Sample measure(Scenario scenario, Endpoint endpoint, String subject, long round)
      throws Exception {
    WarmUp warmUp = warmUp();
    long messages = Math.max(FEWEST, (long) (seconds * NANOS / warmUp.each()));
    roundTrips.reset();
    Machine.Time before = now(endpoint);
    List<Repetition> all = new ArrayList<>();
    for (int i = 0; i < REPETITIONS; i++) {
      all.add(repeat(messages));
    }
    Machine.Time after = now(endpoint);
    return new Sample(
        scenario.name(),
        endpoint.kind(),
        subject,
        round,
        Machine.describe(),
        Machine.jdk(),
        messages,
        warmUp.isQuiet() ? 0 : 1,
        median(all, Repetition::cpu),
        median(all, Repetition::wall),
        median(all, Repetition::allocated),
        after.othersSince(before),
        after.stealSince(before),
        Machine.load(),
        micros(50),
        micros(90),
        micros(99),
        micros(99.9));
  }

  /** The peer works for what is measured and is no noise. */
  private static Machine.Time now(Endpoint endpoint) {
    return Machine.now().plusOwn(endpoint.cpuTime().toNanos());
  }

  private static double median(List<Repetition> all, ToDoubleFunction<Repetition> value) {
    return Spread.median(all.stream().map(value::applyAsDouble).toList());
  }

  private double micros(double percentile) {
    return roundTrips.getTotalCount() == 0
        ? 0
        : roundTrips.getValueAtPercentile(percentile) / 1000.0;
  }

  /**
   * Runs until all is quiet. Quiet compilers do not suffice on a busy machine, where a method may
   * wait for its compiler: AES takes 20 times as long until it is compiled.
   */
  private WarmUp warmUp() throws Exception {
    long start = PROCESS.getProcessCpuTime();
    long messages = FEWEST;
    double each = Double.MAX_VALUE;
    double used = 0;
    int quiet = 0;
    while (used < MOST_WARM_UP_SECONDS && (used < WARM_UP_SECONDS || quiet < QUIET_STEPS)) {
      long compiled = COMPILERS.getTotalCompilationTime();
      run.prepare(messages);
      long begin = System.nanoTime();
      run.run(messages, roundTrips::recordValue);
      double last = each;
      each = (double) (System.nanoTime() - begin) / messages;
      boolean isQuiet = COMPILERS.getTotalCompilationTime() - compiled < QUIET_MILLIS;
      quiet = isQuiet && each > last * STEADY ? quiet + 1 : 0;
      used = (PROCESS.getProcessCpuTime() - start) / NANOS;
      messages = (long) Math.max(FEWEST, Math.min(messages * 4.0, STEP_SECONDS * NANOS / each));
    }
    return new WarmUp(each, quiet >= QUIET_STEPS);
  }

  private Repetition repeat(long messages) throws Exception {
    run.prepare(messages);
    System.gc();
    HeapTaken before = HeapTaken.now();
    long cpu = PROCESS.getProcessCpuTime();
    long begin = System.nanoTime();
    run.run(messages, roundTrips::recordValue);
    double wall = System.nanoTime() - begin;
    double used = PROCESS.getProcessCpuTime() - cpu;
    double allocated = HeapTaken.now().since(before);
    return new Repetition(used / messages, wall / messages, allocated / messages);
  }
}
