package io.stompbox.cli.message;

import io.stompbox.cli.connection.DurationConverter;
import io.stompbox.cli.connection.WholeNumber;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** When receiving ends; without any of them it does not. */
final class ReceiveLimits {
  @Option(
      names = {"-c", "--count"},
      paramLabel = "N",
      converter = WholeNumber.Positive.class,
      description = "End after this many messages.")
  private @Nullable Integer count;

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "End when no message comes for this long. "
              + "Exit code 5 if there was none at all, or fewer than --count; 7 "
              + "if the connection is down then, so that more may be there.")
  private @Nullable Duration wait;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "End after this time in all; exit codes as with --wait.")
  private @Nullable Duration total;

  @Nullable Integer count() {
    return count;
  }

  /** The time of all begins. */
  Reception begin() {
    return new Reception(count, wait, total);
  }
}
