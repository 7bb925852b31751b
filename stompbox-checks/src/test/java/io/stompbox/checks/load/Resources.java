package io.stompbox.checks.load;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;

/**
 * What a process holds.
 *
 * @param threads the number of threads, without those that a client keeps for handlers for a while
 * @param descriptors the number of open files and sockets; 0 where the system does not tell
 * @param heap the octets that are in use after a full collection
 */
record Resources(int threads, long descriptors, long heap) {
  private static final int COLLECTIONS = 5;

  /** Returns what this process holds now. */
  static Resources now() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    long descriptors =
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            ? unix.getOpenFileDescriptorCount()
            : 0;
    return new Resources(
        (int) names().filter(name -> !name.startsWith("stompbox-handler")).count(),
        descriptors,
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
  }

  /** The names of all threads of this process. */
  static Stream<String> names() {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName);
  }

  /** Reads what {@link #text()} wrote. */
  static Resources of(String text) {
    String[] parts = text.split(" ", -1);
    return new Resources(
        Integer.parseInt(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
  }

  String text() {
    return threads + " " + descriptors + " " + heap;
  }
}
