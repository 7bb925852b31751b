package io.stompbox.checks.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The Javadoc of the annotation that gives a test a broker shows a test class; it must pass. */
class StompBrokerExampleTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("<pre>\\{@code\\n(.*?)\\n \\* }</pre>", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void theExampleCompilesAndPasses() throws Exception {
    Matcher example = EXAMPLE.matcher(Files.readString(annotation()));
    assertThat(example.find()).as("there is an example").isTrue();
    String source = IMPORTS + example.group(1).replaceAll("(?m)^ \\* ?", "");
    SummaryGeneratingListener listener = new SummaryGeneratingListener();

    Program.compile(folder, "OrdersTest", source).with(tests -> run(tests, listener));

    assertThat(listener.getSummary().getFailures()).isEmpty();
    assertThat(listener.getSummary().getTestsSucceededCount()).isEqualTo(1);
  }

  private static final String IMPORTS =
      """
      import static org.junit.jupiter.api.Assertions.*;
      import io.stompbox.client.*;
      import io.stompbox.testkit.*;
      import io.stompbox.testkit.junit.*;
      import java.time.Duration;
      import java.util.Optional;
      import org.junit.jupiter.api.Test;
      """;

  private static void run(Class<?> tests, SummaryGeneratingListener listener) {
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(tests)).build(),
            listener);
  }

  private static Path annotation() {
    Path source = Path.of("src/main/java/io/stompbox/testkit/junit/StompBroker.java");
    return Stream.of(Path.of("stompbox-testkit"), Path.of("..", "stompbox-testkit"))
        .map(module -> module.resolve(source))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow();
  }
}
