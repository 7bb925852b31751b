package io.stompbox.cli.process;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A connection that is down.
 *
 * @param since when it was lost
 * @param why what ended it, or the attempts to make it again
 */
public record Outage(Instant since, String why) {
  /** Returns for example {@code since 2026-11-21T08:00:00.123Z: connection reset}. */
  public String text() {
    return "since " + since.truncatedTo(ChronoUnit.MILLIS) + ": " + why;
  }
}
