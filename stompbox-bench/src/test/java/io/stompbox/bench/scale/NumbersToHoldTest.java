package io.stompbox.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.bench.report.PromiseTable.Row;
import io.stompbox.bench.report.PromiseTable.Verdict;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersToHoldTest {
  private static final Point END = found("connections", 10_000, MeasuredScaleMain.LAST, 1, "%");

  @ParameterizedTest
  @CsvSource({"5, REACHED", "5.01, MISSED"})
  void theWorstOfTheRoundsHasToBeWithinTheLimit(double worst, Verdict verdict) {
    List<Row> rows = rows(connected(1), connected(worst), connected(2), END);

    assertThat(rows)
        .filteredOn(row -> row.what().equals("connect 10,000"))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.reach()).isEqualTo("connected after at most 5 s");
              assertThat(row.found()).startsWith("5").endsWith(" s, JDK 25");
              assertThat(row.verdict()).isEqualTo(verdict);
            });
  }

  @Test
  void whatFailedLaterIsNotReached() {
    assertThat(rows(connected(1)))
        .filteredOn(row -> row.what().equals("connect 10,000"))
        .containsExactly(
            new Row(
                "connect 10,000",
                "connected after at most 5 s",
                "1 s, JDK 25, then failed",
                Verdict.MISSED));
  }

  @Test
  void fewerThanWasPromisedIsNoMeasurementOfIt() {
    assertThat(rows(found("connections", 1000, "connected after", 1, "s")))
        .hasSize(9)
        .allSatisfy(row -> assertThat(row.verdict()).isEqualTo(Verdict.NOT_MEASURED));
  }

  @ParameterizedTest
  @CsvSource({"64, REACHED", "128, MISSED"})
  void aBodyHasToDoWithItsHeap(double heap, Verdict verdict) {
    List<Row> rows =
        rows(
            found("body", 1L << 30, "heap that the JVM may have", heap, "MiB"),
            found("body", 1L << 30, MeasuredScaleMain.LAST, 1, "%"));

    assertThat(rows)
        .filteredOn(row -> row.what().equals("body of 1 GiB, sent"))
        .extracting(Row::verdict)
        .containsExactly(verdict);
  }

  private static List<Row> rows(Point... points) {
    return NumbersToHold.of(new Figures(Stream.of(points).toList())).rows();
  }

  private static Point connected(double seconds) {
    return found("connections", 10_000, "connected after", seconds, "s");
  }

  private static Point found(String run, long n, String figure, double value, String unit) {
    return new Point(run, "25", "machine", 1, n, figure, value, unit);
  }
}
