package io.stompbox.cli.process;

import java.time.Instant;

/** The time of day, for what people and scripts read: when a message came. Never for deadlines. */
public final class TimeOfDay {
  private TimeOfDay() {}

  public static Instant now() {
    return Instant.now();
  }
}
