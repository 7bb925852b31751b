package io.stompbox.cli.bench;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.jspecify.annotations.Nullable;

/**
 * How long things took, in microseconds.
 *
 * @param count how many there were
 * @param points percentiles, closer and closer to 100, which is the last
 */
record Latency(long count, double min, double mean, double max, List<Point> points) {
  /** Those that people ask for; all of them are among the points. */
  static final List<Double> LEVELS = List.of(50.0, 75.0, 90.0, 95.0, 99.0, 99.9, 99.99, 99.999);

  private static final int POINTS_FOR_EACH_HALF = 5;
  private static final double NANOS = 1000;

  Latency {
    points = List.copyOf(points);
  }

  /** So many percent took no longer than {@code micros}. */
  record Point(double percentile, double micros) {}

  /** Returns what a histogram of nanoseconds holds; null if that is nothing. */
  static @Nullable Latency of(Histogram histogram) {
    if (histogram.getTotalCount() == 0) {
      return null;
    }
    SortedSet<Double> levels = new TreeSet<>(LEVELS);
    for (HistogramIterationValue value : histogram.percentiles(POINTS_FOR_EACH_HALF)) {
      levels.add(value.getPercentileLevelIteratedTo());
    }
    List<Point> points =
        levels.stream()
            .map(level -> new Point(level, micros(histogram.getValueAtPercentile(level))))
            .toList();
    return new Latency(
        histogram.getTotalCount(),
        micros(histogram.getMinValue()),
        histogram.getMean() / NANOS,
        micros(histogram.getMaxValue()),
        points);
  }

  /** Returns how a percentile is called: p50, p99.9. */
  static String name(double level) {
    return "p" + String.valueOf(level).replaceFirst("\\.0$", "");
  }

  static double micros(long nanos) {
    return nanos / NANOS;
  }

  /** Returns what so many percent stayed within: the first point that has as many. */
  double at(double percentile) {
    return points.stream()
        .filter(point -> point.percentile() >= percentile)
        .mapToDouble(Point::micros)
        .findFirst()
        .orElse(max);
  }
}
