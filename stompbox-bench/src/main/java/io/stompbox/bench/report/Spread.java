package io.stompbox.bench.report;

import java.util.List;
import java.util.Optional;

/**
 * One figure of several rounds.
 *
 * @param median of the rounds
 * @param least of the rounds
 * @param most of the rounds
 */
public record Spread(double median, double least, double most) {

  /** Returns the figure; empty if there are no values. */
  public static Optional<Spread> of(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.isEmpty()
        ? Optional.empty()
        : Optional.of(new Spread(median(sorted), sorted.get(0), sorted.get(sorted.size() - 1)));
  }

  /** Returns the middle of values in any order; there must be one. */
  public static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }
}
