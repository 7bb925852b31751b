package io.stompbox.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.report.Section;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScaleReportTest {
  private final ScaleReport report =
      new ScaleReport(
          List.of(
              found(10, "connected after", 0.02, "s"),
              found(10, "heap of each", 30, "KiB"),
              found(1000, "connected after", 1, "s"),
              found(1000, "connected after", 3, "s"),
              found(1000, "losses of each", 1, "")));

  @Test
  void whatTakesTimeIsShownForEachToo() {
    assertThat(report.markdown().lines())
        .contains(
            "### connections, JDK 25",
            "|  | 10 | 1,000 |",
            "| connected after, s | 0.0200 | 2 (1..3) |",
            "| connected after, µs of each | 2,000 | 2,000 (1,000..3,000) |",
            "| heap of each, KiB | 30 | - |",
            "| losses of each | - | 1 |");
  }

  @Test
  void namesTheMachineThatMeasured() {
    assertThat(report.markdown()).startsWith("Machine: a large machine.\n");
    assertThat(report.page().html()).contains("a large machine. A level line");
  }

  @Test
  void costInProportionIsALevelLine() {
    assertThat(report.page().sections())
        .filteredOn(Section.Chart.class::isInstance)
        .extracting(section -> ((Section.Chart) section).series().get(0).points())
        .containsExactly(
            List.of(new Section.Point(10, 2000), new Section.Point(1000, 2000)),
            List.of(new Section.Point(10, 30 * 1024)));
  }

  @Test
  void figuresCanSayNothingThatThePageRuns() {
    String hostile = "<script>alert(1)</script>";
    Point point = new Point(hostile, hostile, hostile, 1, 1, hostile, 1, "s");

    assertThat(new ScaleReport(List.of(point)).page().html()).doesNotContain(hostile);
  }

  private static Point found(long n, String figure, double value, String unit) {
    return new Point("connections", "25", "a large machine", 1, n, figure, value, unit);
  }
}
