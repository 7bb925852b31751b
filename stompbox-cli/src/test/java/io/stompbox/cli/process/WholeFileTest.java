package io.stompbox.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  /** Half of a surrogate pair is no text, which shows while it is written. */
  private static final String BROKEN = "x".repeat(100_000) + "\uD800";

  @TempDir private Path folder;

  @Test
  void writingThatFailsLeavesWhatWasThere() throws IOException {
    Path file = Files.writeString(folder.resolve("run.json"), "before");

    assertThatThrownBy(() -> WholeFile.write(file, BROKEN)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> WholeFile.write(folder.resolve("other"), BROKEN))
        .isInstanceOf(IOException.class);

    assertThat(Files.readString(file)).isEqualTo("before");
    assertThat(folder.toFile().list()).containsExactly("run.json");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void linkStaysAndLeadsToWhatIsWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "before");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);

    WholeFile.write(link, "after");

    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(Files.readString(file)).isEqualTo("after");
    WholeFile.write(Path.of("/dev/null"), "nothing is moved over it");
  }
}
