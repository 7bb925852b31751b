package io.stompbox.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesTest {
  private final JsonLines<Found> lines = new JsonLines<>(Found.class);

  /** Of each type that a record may have. */
  record Found(String name, long count, double value) {}

  @Test
  void readsWhatItWrote(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("found.jsonl");
    Found odd = new Found("a \"b\"\n{</script>", Long.MAX_VALUE, 1e-9);
    Found plain = new Found("raw", 0, 48.25);

    lines.append(file, odd);
    lines.append(file, plain);

    assertThat(file).content().hasLineCount(2);
    assertThat(lines.read(file)).containsExactly(odd, plain);
  }

  @Test
  void startsAnewInAFolderThatItMakes(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("target").resolve("found.jsonl");
    JsonLines.start(file);
    lines.append(file, new Found("old", 1, 1));

    JsonLines.start(file);

    assertThat(Files.exists(file)).isFalse();
  }

  @Test
  void saysWhatALineLacks() {
    assertThatThrownBy(() -> lines.parse("{\"name\":\"raw\",\"count\":1}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no 'value'");
  }
}
