package io.stompbox.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarksDocumentTest {
  private static final String BEGIN = "<!-- codec: written by ./check bench codec -->\n";
  private static final String END = "<!-- codec: end -->\n";

  @TempDir private Path folder;

  @Test
  void replacesWhatStandsBetweenTheMarks() throws IOException {
    Path document = document("by hand\n" + BEGIN + "old\n" + END + "by hand too\n");

    BenchmarksDocument.check(document, "codec");
    BenchmarksDocument.replace(document, "codec", "figures");

    assertThat(document).hasContent("by hand\n" + BEGIN + "\nfigures\n" + END + "by hand too\n");
  }

  @Test
  void startsADocumentOnce() throws IOException {
    Path document = folder.resolve("clients.md");

    for (int i = 0; i < 2; i++) {
      BenchmarksDocument.start(document, "clients", "bench");
      BenchmarksDocument.replace(document, "clients", "figures");
    }

    assertThat(document)
        .hasContent(
            "<!-- clients: written by ./check bench -->\n\nfigures\n<!-- clients: end -->\n");
  }

  @Test
  void refusesADocumentThatIsNotThere() {
    Path document = folder.resolve("report.md");

    assertThatThrownBy(() -> BenchmarksDocument.check(document, "codec"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the report " + document + " is no file; name a document with the marks of codec");
  }

  @Test
  void refusesADocumentWithoutTheMarks() throws IOException {
    Path document = document(END + BEGIN);

    assertThatThrownBy(() -> BenchmarksDocument.check(document, "codec"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(document + " has no line '<!-- codec: written by ./check ");
  }

  private Path document(String text) throws IOException {
    return Files.writeString(folder.resolve("benchmarks.md"), text);
  }
}
