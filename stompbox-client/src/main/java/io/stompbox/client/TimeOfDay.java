package io.stompbox.client;

import java.time.Instant;

/** The time of day, for what brokers compare with their own: when a message expires. */
final class TimeOfDay {
  private TimeOfDay() {}

  static Instant now() {
    return Instant.now();
  }
}
