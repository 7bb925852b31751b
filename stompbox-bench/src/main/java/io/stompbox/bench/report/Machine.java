package io.stompbox.bench.report;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** How busy the machine was with other things; only Linux tells. */
public final class Machine {
  private static final Path STAT = Path.of("/proc/stat");

  /** The kernel counts in these. */
  private static final long TICK_NANOS = 10_000_000L;

  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private Machine() {}

  /**
   * Nanoseconds of CPU time since the machine was started.
   *
   * @param all of all cores
   * @param busy those that were not idle
   * @param steal what the host gave to other machines
   * @param own those of this process
   */
  public record Time(long all, long busy, long steal, long own) {
    /** Returns how much of the machine others had since {@code earlier}, from 0 to 1. */
    public double othersSince(Time earlier) {
      long passed = all - earlier.all;
      long others = busy - earlier.busy - (own - earlier.own);
      return passed <= 0 ? 0 : Math.max(0, others) / (double) passed;
    }

    /** Counts the time of another process as that of this one. */
    public Time plusOwn(long nanos) {
      return new Time(all, busy, steal, own + nanos);
    }

    /** Returns how much of the machine its host took since {@code earlier}, from 0 to 1. */
    public double stealSince(Time earlier) {
      long passed = all - earlier.all;
      return passed <= 0 ? 0 : (steal - earlier.steal) / (double) passed;
    }
  }

  /** Returns the JVM's name and version. */
  public static String jdk() {
    return System.getProperty("java.vm.name") + " " + Runtime.version();
  }

  /** Returns what the kernel counts now; zeros where it does not tell. */
  public static Time now() {
    long own = PROCESS.getProcessCpuTime();
    if (!Files.isReadable(STAT)) {
      return new Time(0, 0, 0, own);
    }
    try {
      // cpu user nice system idle iowait irq softirq steal guest guest_nice; guests are in user too
      String first = Files.readAllLines(STAT).get(0);
      long[] ticks =
          Arrays.stream(first.split(" +")).skip(1).limit(8).mapToLong(Long::parseLong).toArray();
      long all = Arrays.stream(ticks).sum();
      return new Time(
          all * TICK_NANOS, (all - ticks[3] - ticks[4]) * TICK_NANOS, ticks[7] * TICK_NANOS, own);
    } catch (IOException e) {
      return new Time(0, 0, 0, own);
    }
  }

  /** Returns how many threads wanted to run in the last minute; negative where nobody knows. */
  public static double load() {
    return PROCESS.getSystemLoadAverage();
  }

  /** Returns the processor's name, the cores that Java sees, and the memory. */
  public static String describe() {
    return processor()
        + ", "
        + Runtime.getRuntime().availableProcessors()
        + " cores, "
        + (PROCESS.getTotalMemorySize() >> 30)
        + " GiB, "
        + System.getProperty("os.name")
        + " "
        + System.getProperty("os.version");
  }

  private static String processor() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }
}
