package io.stompbox.cli.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompbox.cli.Cli;
import io.stompbox.cli.process.Terminal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What {@code listen --stats} says on a terminal. */
class ReceiveStatisticsTest {
  private final Cli cli = new Cli().terminal(Terminal.Stream.ERROR);
  private final ReceiveStatistics statistics = new ReceiveStatistics(cli.environment());

  @Test
  void lastLineStandsThereOnce() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              statistics.progress();
              return cli.err().contains("received 0 messages");
            });

    statistics.end();

    assertThat(cli.err()).containsOnlyOnce(System.lineSeparator());
    assertThat(cli.err()).endsWith("msg/s\u001b[K" + System.lineSeparator());
  }

  @Test
  void withoutProgressThereIsALineAllTheSame() {
    statistics.end();

    assertThat(cli.err()).matches("received 0 messages \\(0 B\\) in .* msg/s\\R");
  }
}
