package io.stompbox.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
  @TempDir private Path folder;
  private Path first;
  private Path second;

  @BeforeEach
  void writeRuns() throws IOException {
    first = Files.createDirectory(folder.resolve("first"));
    Files.writeString(first.resolve("run.json"), RunJson.write(SampleRuns.withErrors(0)));
    second = folder.resolve("second.json");
    Files.writeString(second, RunJson.write(SampleRuns.withoutLatency()));
  }

  @Test
  void oneRunIsShownAsBenchHasShownIt() {
    Cli.Result result = Cli.run("report", first.toString()).assertThatItEndsWith(ExitCode.OK);

    assertThat(result.out()).isEqualTo(Summary.of(SampleRuns.withErrors(0)));
    assertThat(result.out())
        .contains("send  destination=/queue/a  rate=500\n")
        .containsPattern("rate +500 msg/s")
        .containsPattern("latency p99 +4.00 ms");
  }

  @Test
  void severalRunsStandBesideEachOtherWithRatiosToTheFirst() {
    Cli.Result result =
        Cli.run("report", first.toString(), second.toString(), first.resolve("run.json").toString())
            .assertThatItEndsWith(ExitCode.OK);

    assertThat(result.out().lines())
        .anyMatch(line -> line.matches("messages a second +500 +500 \\(1\\.00×\\) +500 \\(.*"))
        .anyMatch(line -> line.matches("latency p99 +4\\.00 ms +– +4\\.00 ms \\(1\\.00×\\)"));
  }

  @Test
  void onePageIsThatOfTheRunAndSeveralGiveOneOverTheOther() throws IOException {
    Path page = folder.resolve("page.html");

    Cli.run("report", first.toString(), "--html", page.toString())
        .assertThatItEndsWith(ExitCode.OK);
    assertThat(Files.readString(page))
        .contains("<h1>bench send /queue/a</h1>", "\"name\":\"p50\"", "\"label\":\"cores\"");

    Cli.run("report", first.toString(), second.toString(), "--html", page.toString())
        .assertThatItEndsWith(ExitCode.OK);
    assertThat(Files.readString(page))
        .contains("<h1>2 runs compared</h1>", "\"name\":\"first\"", "\"name\":\"second.json\"");
  }

  @Test
  void whatNoRunDoesHasNoRow() throws IOException {
    Path page = folder.resolve("page.html");

    Cli.run("report", first.toString(), "--html", page.toString())
        .assertThatItEndsWith(ExitCode.OK);
    assertThat(Files.readString(page))
        .contains("confirmed", "reconnects", "errors")
        .doesNotContain("received", "duplicates");

    assertThat(Cli.run("report", first.toString(), second.toString()).out())
        .contains("confirmed", "reconnects", "errors")
        .doesNotContain("received", "duplicates");
  }

  @Test
  void whatIsNotThereOrNoRunIsToldWithTheWayToOne() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Path other = Files.writeString(folder.resolve("other.json"), "{\"format\":9}");

    assertThat(Cli.run("report", empty.toString()).assertThatItEndsWith(ExitCode.USAGE).err())
        .contains("there is no file " + empty.resolve("run.json"), "bench --out DIR");
    assertThat(Cli.run("report", other.toString()).assertThatItEndsWith(ExitCode.USAGE).err())
        .contains(other + " is no run of bench: its format is 9");
    assertThat(Cli.run("report").assertThatItEndsWith(ExitCode.USAGE).err())
        .contains("RUN is missing");
  }

  @Test
  void aPageIsWrittenBesideAndPutIntoPlaceAsAWhole() throws IOException {
    Path page = Files.writeString(folder.resolve("page.html"), "before");
    Path before = Files.createLink(folder.resolve("before.html"), page);

    Cli.run("report", first.toString(), "--html", page.toString())
        .assertThatItEndsWith(ExitCode.OK);

    assertThat(Files.readString(page)).startsWith("<!");
    assertThat(Files.readString(before)).isEqualTo("before");
  }

  @Test
  void aPageInAFolderThatIsNotThereIsToldInASentence() {
    Cli.Result result =
        Cli.run("report", first.toString(), "--html", "/no/such/folder/page.html")
            .assertThatItEndsWith(ExitCode.USAGE);

    assertThat(result.err())
        .isEqualTo(
            "stompbox: cannot write /no/such/folder/page.html: there is no folder /no/such/folder\n");
  }
}
