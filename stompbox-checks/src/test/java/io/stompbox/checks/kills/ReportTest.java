package io.stompbox.checks.kills;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
  @Test
  void whatIsOutOfBoundsIsBroken() {
    Report report =
        new Report("run")
            .countAtMost("lost", 1, 0)
            .countAtMost("duplicated", 3, 3)
            .countAtLeast("confirmed", 9, 10)
            .countAtLeast("processed", 10, 10);

    assertThat(report.broken())
        .containsExactly("lost is 1, more than 0", "confirmed is 9, less than 10");
    assertThat(report)
        .hasToString(
            "run: lost=1 duplicated=3 confirmed=9 processed=10"
                + "; BROKEN: lost is 1, more than 0, confirmed is 9, less than 10");
  }

  @Test
  void aTotalAddsCountsAndKeepsWhatIsBroken() {
    Report one = new Report("one").count("kills", 2).countAtMost("lost", 1, 0);
    Report two = new Report("two").count("kills", 3).broke("it stopped");

    Report total = Report.total(List.of(one, two));

    assertThat(total.of("kills")).isEqualTo(5);
    assertThat(total.broken()).containsExactly("lost is 1, more than 0", "it stopped");
  }
}
