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
        .filteredOn(
            line -> line.startsWith("| decode medium, three headers and the ends of the body |"))
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
        .filteredOn(
            line -> line.startsWith("| decode medium, three headers and the ends of the body |"))
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

  @ParameterizedTest
  @CsvSource({"1, 1.4, yes", "1, 1.6, **no**", "1.9, 2.1, **no**", "1.9, 1, yes"})
  void aLongBodyHasToTakeNoMoreForEachOctetThanAShorterOne(
      double small, double large, String reached) {
    String table =
        new CodecReport(
                List.of(
                    measured("decode-use", "open-4m", "stompbox", 4000 * small),
                    measured("decode-use", "open-32m", "stompbox", 32_000 * large)))
            .holds();

    assertThat(table.lines())
        .filteredOn(line -> line.startsWith("| body of 32 MiB without content-length |"))
        .singleElement()
        .asString()
        .endsWith("| " + reached + " |");
  }

  @Test
  void namesWhatMeasuredAndNotWhatWritesTheReport() {
    String text = new CodecReport(List.of(measured("encode", "small", "stompbox", 30))).text();

    assertThat(text).startsWith("* Machine: a large machine.\n* JDK: A VM 17.1.\n");
  }

  private static double octets(String corpus) {
    return switch (corpus) {
      case "open-4m" -> 4000;
      case "open-32m" -> 32_000;
      default -> 1400;
    };
  }

  private static Measurement measured(String work, String corpus, String subject, double cpu) {
    return new Measurement(
        work,
        corpus,
        subject,
        1,
        "a large machine",
        "A VM 17.1",
        octets(corpus),
        cpu,
        cpu + 10,
        0,
        0.25);
  }
}
