package io.stompbox.cli.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** What this process uses of its machine. For one thread. */
final class ProcessUsage {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private long cpu = SYSTEM.getProcessCpuTime();
  private long since = System.nanoTime();

  /**
   * How many cores were in use since the last call, on average.
   *
   * @param now in nanoTime
   */
  double cores(long now) {
    long total = SYSTEM.getProcessCpuTime();
    long passed = now - since;
    double cores = passed <= 0 ? 0 : (total - cpu) / (double) passed;
    cpu = total;
    since = now;
    return cores;
  }

  /** Octets of the heap in use, garbage included. */
  static long heap() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
