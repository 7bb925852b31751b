package io.stompbox.checks.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.client.StompListener;
import io.stompbox.testkit.EmbeddedBroker;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program and the table of docs/listeners.md. */
class ListenersGuideTest {
  private static final Guide GUIDE = new Guide("listeners.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)\\(");

  @TempDir private Path folder;

  @Test
  void theProgramPrintsWhatItsListenersHaveSeenAndMade() throws Exception {
    Program watched = GUIDE.compile(folder, "Watched");

    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      assertThat(watched.run(broker.uri()).lines().toList())
          .containsExactlyInAnyOrder(
              "connecting",
              "handling padded",
              "recorded 'padded' of '  padded  '",
              "from till-1",
              "disconnected",
              "1 message")
          .startsWith("connecting")
          .endsWith("disconnected", "1 message");
    }
  }

  @Test
  void theTableHasEveryEvent() throws Exception {
    List<String> events =
        Arrays.stream(StompListener.class.getMethods()).map(Method::getName).toList();
    List<String> rows = ROW.matcher(GUIDE.text()).results().map(row -> row.group(1)).toList();

    assertThat(rows).containsExactlyInAnyOrderElementsOf(events);
  }
}
