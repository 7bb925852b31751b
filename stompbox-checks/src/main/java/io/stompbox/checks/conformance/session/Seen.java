package io.stompbox.checks.conformance.session;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that a client told its program.
 *
 * @param kind as case files call it
 * @param details by name; a null value says that there is none
 */
record Seen(String kind, Map<String, @Nullable String> details) {
  /** Returns one with names and values in turn. */
  static Seen of(String kind, @Nullable String... namesAndValues) {
    Map<String, @Nullable String> details = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      details.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return new Seen(kind, details);
  }

  /** Whether it is of a kind and for a subscription; null for any. */
  boolean isFor(String wanted, @Nullable String subscription) {
    return kind.equals(wanted) && (subscription == null || subscription.equals(details.get("to")));
  }
}
