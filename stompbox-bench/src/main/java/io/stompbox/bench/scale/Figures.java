package io.stompbox.bench.scale;

import io.stompbox.bench.report.Spread;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** What the runs have found. */
final class Figures {
  private final List<Point> points;

  Figures(List<Point> points) {
    this.points = List.copyOf(points);
  }

  List<String> machines() {
    return points.stream().map(Point::machine).distinct().toList();
  }

  List<String> runs() {
    return points.stream().map(Point::run).distinct().toList();
  }

  List<String> jdks(String run) {
    return of(run).map(Point::jdk).distinct().toList();
  }

  List<Long> numbers(String run) {
    return of(run).map(Point::n).distinct().sorted().toList();
  }

  /** Returns the names of all that was counted in a run. */
  List<String> names(String run) {
    return of(run).map(Point::figure).distinct().toList();
  }

  String unit(String run, String figure) {
    return of(run)
        .filter(point -> point.figure().equals(figure))
        .map(Point::unit)
        .findFirst()
        .orElseThrow();
  }

  /** Returns a figure of all rounds; empty if it was not measured. */
  Optional<Spread> figure(String run, String figure, long n, ToDoubleFunction<Point> value) {
    return Spread.of(
        of(run)
            .filter(point -> point.figure().equals(figure) && point.n() == n)
            .map(value::applyAsDouble)
            .toList());
  }

  private Stream<Point> of(String run) {
    return points.stream().filter(point -> point.run().equals(run));
  }
}
