package io.stompbox.bench.scale;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The threads that this JVM has of the system, also those that carry virtual ones, compile and
 * collect. Only Linux counts them all.
 */
final class SystemThreads {
  private static final String COUNT = "Threads:";

  private SystemThreads() {}

  static int count() {
    return in(Path.of("/proc/self/status"));
  }

  /** Returns what a status of the kernel says, or without one what the JVM knows itself. */
  static int in(Path status) {
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith(COUNT))
          .mapToInt(line -> Integer.parseInt(line.substring(COUNT.length()).strip()))
          .findFirst()
          .orElseGet(SystemThreads::known);
    } catch (IOException e) {
      return known();
    }
  }

  private static int known() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }
}
