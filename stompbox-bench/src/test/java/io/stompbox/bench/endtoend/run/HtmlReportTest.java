package io.stompbox.bench.endtoend.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.bench.report.JsonLines;
import io.stompbox.cli.report.Section;
import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
  private static final List<Sample> SAMPLES =
      List.of(
          Samples.of("send-100", "stompbox", 30),
          Samples.of("send-100", "raw", 10),
          Samples.of("ping-pong", "stompbox", 30_000));

  @Test
  void drawsEachScenarioAndTheRoundTripsOfThoseThatHaveSome() {
    assertThat(HtmlReport.of(SAMPLES).sections())
        .filteredOn(Section.Bars.class::isInstance)
        .extracting(section -> ((Section.Bars) section).title())
        .containsExactly(
            "send-100: CPU time a message",
            "send-100: heap taken a message",
            "ping-pong: CPU time a message",
            "ping-pong: heap taken a message");
    assertThat(HtmlReport.of(SAMPLES).sections())
        .filteredOn(Section.Chart.class::isInstance)
        .singleElement()
        .extracting(section -> ((Section.Chart) section).series().get(0).points())
        .isEqualTo(
            List.of(
                new Section.Point(50, 30),
                new Section.Point(90, 60),
                new Section.Point(99, 90),
                new Section.Point(99.9, 120)));
  }

  @Test
  void rawResultsCanSayNothingThatThePageRuns() {
    JsonLines<Sample> lines = new JsonLines<>(Sample.class);
    String hostile = "<script>alert(1)</script>";
    String line = lines.line(SAMPLES.get(0)).replace("scripted", hostile);

    String page = HtmlReport.of(List.of(lines.parse(line))).html();

    assertThat(page).contains("&lt;script&gt;alert(1)").doesNotContain(hostile);
  }
}
