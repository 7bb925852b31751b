package io.stompbox.bench.codec.run;

import io.stompbox.bench.report.Machine;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What an iteration took besides wall time. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Counters {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private long operations;
  private long cpuStart;
  private long cpuNanos;
  private Machine.Time machineStart = Machine.now();
  private double others;

  /** Called by the benchmark once in an operation. */
  void count() {
    operations++;
  }

  @Setup(Level.Iteration)
  public void start() {
    operations = 0;
    machineStart = Machine.now();
    cpuStart = THREADS.getCurrentThreadCpuTime();
  }

  @TearDown(Level.Iteration)
  public void stop() {
    cpuNanos = THREADS.getCurrentThreadCpuTime() - cpuStart;
    others = Machine.now().othersSince(machineStart);
  }

  /** Operations in the iteration. */
  public long operations() {
    return operations;
  }

  /** CPU time of the thread: on a shared machine steadier than wall time. */
  public long cpuNanos() {
    return cpuNanos;
  }

  /** The part of the machine that others had, from 0 to 1. */
  public double others() {
    return others;
  }
}
