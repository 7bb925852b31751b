package io.stompbox.bench.endtoend.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.bench.endtoend.ClientSubject;
import io.stompbox.bench.endtoend.Scenario;
import io.stompbox.bench.endtoend.subject.Subjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
  @Test
  void withoutAnyItMeasuresTheNumbersToHoldWithAllClients() {
    Options options = Options.parse(List.of());

    assertThat(options.scenarios())
        .extracting(Scenario::name)
        .containsExactly(
            "send-100", "confirm-1k-1000", "receive-100", "receive-1k-ack", "ping-pong");
    assertThat(options.subjects()).isEqualTo(Subjects.all());
    assertThat(options.brokers()).isEmpty();
    assertThat(options.rounds()).isEqualTo(2);
    assertThat(options.report()).isEqualTo(Path.of("docs/benchmarks.md"));
    assertThat(options.measures()).isTrue();
  }

  @Test
  void fullMeasuresEverythingWithEveryBroker() {
    Options options = Options.parse(List.of("--full"));

    assertThat(options.scenarios()).isEqualTo(Scenario.ALL);
    assertThat(options.brokers()).containsExactly("activemq", "artemis", "rabbitmq");
    assertThat(options.rounds()).isEqualTo(3);
  }

  @Test
  void whatIsGivenCountsBesideFull() {
    Options options =
        Options.parse(
            List.of(
                "rounds=1",
                "--full",
                "seconds=0.1",
                "scenarios=send-1k,ping-pong",
                "subjects=raw",
                "brokers=rabbitmq:61613,artemis",
                "raw=a",
                "report=b",
                "html=c",
                "measure=no"));

    assertThat(options)
        .isEqualTo(
            new Options(
                1,
                0.1,
                List.of(Scenario.named("send-1k"), Scenario.named("ping-pong")),
                List.of(Subjects.named("raw")),
                List.of("rabbitmq:61613", "artemis"),
                Path.of("a"),
                Path.of("b"),
                Path.of("c"),
                false));
  }

  @ParameterizedTest
  @CsvSource({
    "scenarios=send-1k, target/bench/clients.md",
    "subjects=raw, target/bench/clients.md",
    "subjects=raw report=docs/benchmarks.md, docs/benchmarks.md",
    "--full rounds=1, docs/benchmarks.md"
  })
  void figuresOfAPartReplaceNoneOfTheWholeUnlessTheyAreToldTo(String arguments, Path report) {
    assertThat(Options.parse(List.of(arguments.split(" ", -1))).report()).isEqualTo(report);
  }

  @ParameterizedTest
  @CsvSource({
    "subjects=nobody,there is no subject 'nobody'",
    "scenarios=sleep,there is no scenario 'sleep'",
    "brokers=hornetq,there is no broker 'hornetq'",
    "brokers=rabbitmq:port,there is no broker 'rabbitmq:port'",
    "rounds=many,rounds must be a whole number",
    "fast,there is no option 'fast'"
  })
  void refusesOptionsThatMeanNothing(String option, String message) {
    assertThatThrownBy(() -> Options.parse(List.of(option)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void theUsageNamesAllScenariosAndClients() {
    assertThat(Options.USAGE)
        .contains(Scenario.ALL.stream().map(Scenario::name).toList())
        .contains(Subjects.all().stream().map(ClientSubject::name).toList())
        .doesNotContain("@");
  }

  @Test
  void folderOfThePageIsMadeBeforeMinutesGoIntoFigures(@TempDir Path folder) throws Exception {
    Path html = folder.resolve("charts/of/clients.html");

    EndToEndBenchMain.check(
        Options.parse(List.of("html=" + html, "raw=" + folder + "/raw", report(folder))));

    assertThat(html.getParent()).isDirectory();
  }

  @Test
  void whatCannotBeReadOrWrittenIsSaidInASentence(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    String report = report(folder);

    assertThatThrownBy(
            () -> EndToEndBenchMain.check(Options.parse(List.of("html=" + folder, report))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is a folder; name a file");
    assertThatThrownBy(
            () -> EndToEndBenchMain.check(Options.parse(List.of("html=" + file + "/x", report))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("can't make the folder of " + file);
    assertThatThrownBy(
            () ->
                EndToEndBenchMain.check(
                    Options.parse(List.of("measure=no", "raw=" + folder.resolve("none"), report))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there are no raw results in " + folder.resolve("none"));
  }

  private static String report(Path folder) throws IOException {
    Path document = folder.resolve("report.md");
    Files.writeString(
        document, "<!-- clients: written by ./check bench -->\n<!-- clients: end -->\n");
    return "report=" + document;
  }
}
