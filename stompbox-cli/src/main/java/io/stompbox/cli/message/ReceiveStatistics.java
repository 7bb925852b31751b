package io.stompbox.cli.message;

import io.stompbox.cli.process.Environment;
import io.stompbox.cli.process.Octets;
import io.stompbox.cli.process.ProgressLine;
import java.util.Locale;

/** How much came how fast, on standard error. For one thread at a time. */
final class ReceiveStatistics {
  private static final int PROGRESS_MILLIS = 250;

  private final Environment environment;
  private final ProgressLine progress;
  private final long start = System.nanoTime();
  private long messages;
  private long octets;

  ReceiveStatistics(Environment environment) {
    this.environment = environment;
    this.progress = new ProgressLine(environment, PROGRESS_MILLIS);
  }

  void add(Received received) {
    messages++;
    octets += received.message().body().size();
    progress();
  }

  /** Says on a terminal how far it is, a few times a second at most. */
  void progress() {
    progress.show(this::text);
  }

  /** Writes the last line, over the progress if there was any. */
  void end() {
    if (progress.isOpen()) {
      progress.end(this::text);
    } else {
      environment.err().println(text());
    }
  }

  private String text() {
    long nanos = System.nanoTime() - start;
    return String.format(
        Locale.ROOT,
        "received %d message%s (%s) in %.1f s, %s",
        messages,
        messages == 1 ? "" : "s",
        Octets.text(octets),
        nanos / 1e9,
        ProgressLine.rate(messages, nanos));
  }
}
