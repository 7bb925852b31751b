package io.stompbox.client;

import io.stompbox.protocol.frame.Header;
import org.jspecify.annotations.Nullable;

/**
 * What a broker wants in SUBSCRIBE for special ways of reading.
 *
 * @param selector the name of what holds a condition on headers; null if there is none
 * @param exclusive gives all messages to one consumer while it lasts; null if there is none
 * @param browse gives copies of what is there and then ends; null if there is none
 */
public record ReadingHeaders(
    @Nullable String selector, @Nullable Header exclusive, @Nullable Header browse) {

  /** None. */
  public static final ReadingHeaders NONE = new ReadingHeaders(null, null, null);
}
