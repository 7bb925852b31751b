package io.stompbox.bench.codec.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.bench.report.BenchmarksDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodecReportTest {
  @ParameterizedTest
  @CsvSource({"100,yes", "125,yes", "126,**no**"})
  void holdsANumberUpToItsLimit(double own, String reached) {
    String table =
        new CodecReport(
                List.of(
                    measured("decode-use", "medium", "stompbox", own),
                    measured("decode-use", "medium", "netty", 1500),
                    measured("decode-use", "medium", "spring", 1500),
                    measured("decode-use", "medium", "vertx", 1500),
                    measured("decode-use", "medium", "stompjms", 1500),
                    measured("decode-use", "medium", "activemq-wire", 1500),
                    measured("decode-use", "medium", "activemq-nio", 1500),
                    measured("decode-use", "medium", "artemis", 1000),
                    measured("decode-use", "medium", "limit-copy", 1)))
            .holds();

    assertThat(table.lines())
        .filteredOn(line -> line.startsWith("| decode medium, three headers |"))
        .singleElement()
        .asString()
        .contains("artemis 1000 ns")
        .endsWith("| " + reached + " |");
  }

  @Test
  void showsMedianAndSpreadOfTheRounds() {
    String text =
        new CodecReport(
                List.of(
                    measured("encode", "small", "stompbox", 30),
                    measured("encode", "small", "stompbox", 10),
                    measured("encode", "small", "stompbox", 11)))
            .text();

    assertThat(text).contains("| stompbox | 11 (10..30) |");
  }

  @Test
  void aNumberIsNotKnownBeforeAllPeersAreMeasured() {
    String table =
        new CodecReport(
                List.of(
                    measured("decode-use", "medium", "stompbox", 1),
                    measured("decode-use", "medium", "artemis", 1000)))
            .holds();

    assertThat(table.lines())
        .filteredOn(line -> line.startsWith("| decode medium, three headers |"))
        .singleElement()
        .asString()
        .contains("not measured: netty, spring,")
        .endsWith("| not known |");
  }

  @Test
  void replacesOnlyThePartOfTheDocumentThatIsMeasured(@TempDir Path folder) throws IOException {
    Path document = folder.resolve("benchmarks.md");
    Files.writeString(
        document,
        "# Before\n<!-- codec: written by ./check bench codec -->\nold\n<!-- codec: end -->\nafter\n");

    BenchmarksDocument.replace(document, "codec", "new");

    assertThat(document)
        .content()
        .startsWith("# Before\n")
        .endsWith("-->\nafter\n")
        .contains("new")
        .doesNotContain("old");
  }

  @Test
  void saysWhichMarksTheDocumentLacks(@TempDir Path folder) throws IOException {
    Path document = Files.writeString(folder.resolve("benchmarks.md"), "# Benchmarks\n");

    assertThatThrownBy(() -> BenchmarksDocument.replace(document, "codec", "new"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("<!-- codec: end -->");
  }

  @ParameterizedTest
  @CsvSource({
    "subjects=nobody,there is no subject 'nobody'",
    "corpora=tiny,there is no corpus 'tiny'",
    "work=sleep,there is no work 'sleep'",
    "fast,there is no option 'fast'"
  })
  void refusesOptionsThatMeanNothing(String option, String message) {
    assertThatThrownBy(() -> Options.parse(List.of(option)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static Measurement measured(String work, String corpus, String subject, double cpu) {
    return new Measurement(work, corpus, subject, 1, 1400, cpu, cpu + 10, 0, 0.25);
  }
}
