package io.stompbox.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What docs/cli.md says of commands and options is what they say themselves. */
class CliDocumentTest {
  static final Path DOCUMENT = Path.of("..", "docs", "cli.md");

  @Test
  void documentSaysWhatTheCommandsSay() throws Exception {
    String document = Files.readString(DOCUMENT);
    String current = new CliDocument().current(document);
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(DOCUMENT, current);
      return;
    }

    assertThat(document)
        .as("docs/cli.md is not current; ./check cli-document writes it")
        .isEqualTo(current);
  }
}
