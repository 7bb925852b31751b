package io.stompbox.bench.scale;

import io.stompbox.bench.report.JsonLines;
import io.stompbox.bench.report.Machine;

/**
 * Where a measurement writes its figures.
 *
 * @param run what is measured
 * @param round from 1
 * @param n how many connections, subscriptions, messages or octets
 */
record Measuring(String run, long round, long n) {
  private static final String MACHINE = Machine.describe();
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double OCTETS_PER_KIB = 1024;
  private static final double MEBI = OCTETS_PER_KIB * OCTETS_PER_KIB;

  /** What a line with a figure begins with. */
  static final String POINT = "{";

  void print(String figure, double value, String unit) {
    Point point =
        new Point(run, System.getProperty("java.version"), MACHINE, round, n, figure, value, unit);
    System.out.println(new JsonLines<>(Point.class).line(point));
  }

  /** Prints how long something took that began at {@code start}, and returns that. */
  double printSeconds(String figure, long start) {
    double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
    print(figure, seconds, "s");
    return seconds;
  }

  /** Prints what each of the n takes of the heap. */
  void printHeapEach(long before) {
    print("heap of each", (usedHeap() - before) / OCTETS_PER_KIB / n, "KiB");
  }

  void printHeapLimit() {
    print("heap that the JVM may have", Runtime.getRuntime().maxMemory() / MEBI, "MiB");
  }

  /** Returns the octets of the heap that are in use. */
  static long usedHeap() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
