package io.stompbox.client;

import org.jspecify.annotations.Nullable;

/**
 * The names that a broker has for what a message asks of it.
 *
 * @param priority 0 to 9, 9 before others; null if there is none
 * @param delay milliseconds from the arrival on; null if there is none
 * @param group messages of one group go to one consumer; null if there is none
 */
public record MessageHeaders(
    @Nullable String priority, @Nullable String delay, @Nullable String group) {

  /** None. */
  public static final MessageHeaders NONE = new MessageHeaders(null, null, null);
}
