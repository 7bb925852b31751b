package io.stompbox.checks.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.client.ClientSetting;
import io.stompbox.protocol.failover.FailoverUri;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of options says what the code says. */
class OptionsDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "options.md");

  @Test
  void everySettingIsInTheTableAndNothingElse() throws Exception {
    List<String> expected =
        new ArrayList<>(
            Arrays.stream(ClientSetting.values()).map(OptionsDocumentTest::row).toList());
    List<String> rows =
        Files.readAllLines(DOCUMENT).stream().filter(line -> line.startsWith("| `")).toList();

    assertThat(rows.subList(0, expected.size())).isEqualTo(expected);
    assertThat(rows.subList(expected.size(), rows.size()))
        .map(row -> row.substring(3, row.indexOf('`', 3)))
        .containsExactlyInAnyOrderElementsOf(FailoverUri.optionNames());
  }

  private static String row(ClientSetting setting) {
    String byDefault = setting.byDefault().isEmpty() ? "" : "`" + setting.byDefault() + "`";
    return String.format("| `%s` | %s | %s |", setting.key(), byDefault, setting.meaning());
  }
}
