package io.stompbox.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.cli.report.Section.Axis;
import io.stompbox.cli.report.Section.Bar;
import io.stompbox.cli.report.Section.Bars;
import io.stompbox.cli.report.Section.Chart;
import io.stompbox.cli.report.Section.Figure;
import io.stompbox.cli.report.Section.Figures;
import io.stompbox.cli.report.Section.Mark;
import io.stompbox.cli.report.Section.Note;
import io.stompbox.cli.report.Section.Point;
import io.stompbox.cli.report.Section.Scale;
import io.stompbox.cli.report.Section.Series;
import io.stompbox.cli.report.Section.Table;
import io.stompbox.cli.report.Section.Unit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportPageTest {
  private static final String EVIL = "</script><script>alert('&')</script>{{data}}\"x";
  private static final Axis AXIS = new Axis(EVIL, Unit.NUMBER, Scale.LINEAR);

  private static String page(String text) {
    return new ReportPage(
            text,
            text,
            List.of(
                new Figures(List.of(new Figure(text, text))),
                new Table(text, List.of(text), List.of(List.of(text))),
                new Chart(
                    text,
                    AXIS,
                    AXIS,
                    List.of(new Series(text, List.of(new Point(1, 2), new Point(2, Double.NaN)))),
                    List.of(new Mark(1, text))),
                new Bars(text, Unit.NUMBER, List.of(new Bar(text, 1, 2, 4))),
                new Note(text)))
        .html();
  }

  @Test
  void textIsShownAndNeverRun() {
    String html = page(EVIL);

    assertThat(html)
        .doesNotContain("<script>alert")
        .contains("&lt;/script&gt;&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;");
    assertThat(Pattern.compile("</script>").matcher(html).results()).hasSize(4);
  }

  /** What a place is replaced by is not looked at again. */
  @Test
  void textThatLooksLikeAPlaceOfTheTemplateStays() {
    assertThat(page("{{style}} $1 \\")).contains("<h1>{{style}} $1 \\</h1>");
  }

  @Test
  void theDataIsInThePageWithItsGaps() {
    assertThat(page("a"))
        .contains("\"series\":[{\"name\":\"a\",\"x\":[1.0,2.0],\"y\":[2.0,null]}]")
        .contains("\"marks\":[{\"x\":1.0,\"label\":\"a\"}]");
  }

  @Test
  void nothingIsLoadedFromElsewhere() {
    String html = page("a");

    assertThat(html).contains("default-src 'none'").doesNotContain("src=", "<link", "@import");
    Matcher addresses = Pattern.compile("https?://[^\\s\"')]+").matcher(html);
    assertThat(addresses.results().map(found -> found.group()))
        .containsOnly("https://github.com/leeoniya/uPlot");
  }

  @Test
  void uplotKeepsItsNoticeAndItsLicence() {
    assertThat(page("a")).contains("uPlot (v1.6.32)", "Leon Sorokin, MIT License");
    assertThat(ReportPage.class.getResource("uPlot-LICENSE.txt")).isNotNull();
  }

  @Test
  void barsAreAsLongAsTheMostOfThemAllows() {
    assertThat(page("a")).contains("width:50.00%", "left:25.00%;width:75.00%");
  }

  @Test
  void aBarThatContradictsItselfIsRefused() {
    assertThatThrownBy(() -> new Bar("a", 3, 2, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 <= low <= value <= high");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|NUMBER|0",
        "12|NUMBER|12",
        "0.754|NUMBER|0.75",
        "123456.7|NUMBER|123,457",
        "0.049|MICROSECONDS|49.0 ns",
        "999|MICROSECONDS|999 µs",
        "1500|MICROSECONDS|1.50 ms",
        "2500000|MICROSECONDS|2.50 s",
        "12.34|SECONDS|12.3 s",
        "512|BYTES|512 B",
        "1536|BYTES|1.50 KiB",
        "5368709120|BYTES|5.00 GiB",
        "99.5|PERCENT|99.5 %"
      })
  void numbersHaveTheUnitThatFits(double value, Unit unit, String text) {
    assertThat(Numbers.text(value, unit)).isEqualTo(text);
  }
}
