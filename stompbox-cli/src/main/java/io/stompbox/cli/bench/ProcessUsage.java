package io.stompbox.cli.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** What this process uses of its machine. For one thread. */
final class ProcessUsage {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private long cpu = SYSTEM.getProcessCpuTime();

  /** Nanoseconds of CPU time since the last call. */
  long cpu() {
    long now = SYSTEM.getProcessCpuTime();
    long used = now - cpu;
    cpu = now;
    return used;
  }

  /** Octets of the heap in use, garbage included. */
  static long heap() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
