package io.stompbox.checks.load;

import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import io.stompbox.checks.invariants.LiveThreads;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * What a process holds.
 *
 * @param threads the number of platform threads, whoever started them
 * @param clients how many names the threads of clients have, without those that are kept for
 *     handlers for a while
 * @param descriptors the number of open files and sockets; 0 where the system does not tell
 * @param heap the octets that are in use after a full collection
 */
record Resources(int threads, int clients, long descriptors, long heap) {
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
        ManagementFactory.getThreadMXBean().getThreadCount(),
        (int) names().filter(name -> !name.startsWith("stompbox-handler")).count(),
        descriptors,
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
  }

  private static Stream<String> names() {
    return LiveThreads.ofClients().stream();
  }

  /** Waits until no thread of a client has a name that begins so. */
  static void awaitNone(String prefix) {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> names().noneMatch(name -> name.startsWith(prefix)));
  }

  /** Reads what {@link #text()} wrote. */
  static Resources of(String text) {
    String[] parts = text.split(" ", -1);
    return new Resources(
        Integer.parseInt(parts[0]),
        Integer.parseInt(parts[1]),
        Long.parseLong(parts[2]),
        Long.parseLong(parts[3]));
  }

  String text() {
    return threads + " " + clients + " " + descriptors + " " + heap;
  }
}
