package io.stompbox.client;

import java.time.Duration;

/** Durations as they stand in messages: {@code 1.5s}, {@code 300ms}. */
final class Durations {
  private Durations() {}

  static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis < 1000) {
      return millis + "ms";
    }
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis / 1000.0 + "s";
  }
}
