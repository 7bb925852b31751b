package io.stompbox.cli.bench;

import io.stompbox.cli.process.Failure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What messages are and how often they are due: the options of all benches that send. */
final class LoadOptions {
  private static final int MOST_OCTETS = 64 * 1024 * 1024;
  private static final double MOST_A_SECOND = 100_000_000;

  @Option(
      names = "--size",
      paramLabel = "OCTETS",
      description = "How large each body is. Default: 100")
  private int size = 100;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = {
        "How many messages a second are due, of all producers together.",
        "Default: as fast as possible"
      })
  private @Nullable Double rate;

  @Option(
      names = "--persistent",
      description = "Ask the broker to store the messages (persistent:true).")
  private boolean persistent;

  int size() {
    if (size < 0 || size > MOST_OCTETS) {
      throw Failure.usage("--size must be from 0 to " + MOST_OCTETS + ": " + size);
    }
    return size;
  }

  /** Messages a second; 0 for as fast as possible. */
  double rate() {
    if (rate == null) {
      return 0;
    }
    if (!(rate > 0) || rate > MOST_A_SECOND) {
      throw Failure.usage(
          "--rate must be above 0 and at most %,.0f: %s".formatted(MOST_A_SECOND, rate));
    }
    return rate;
  }

  boolean isPersistent() {
    return persistent;
  }
}
