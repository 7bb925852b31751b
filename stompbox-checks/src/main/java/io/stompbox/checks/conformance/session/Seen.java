package io.stompbox.checks.conformance.session;

import io.stompbox.checks.conformance.kit.CaseFields;
import io.stompbox.checks.conformance.kit.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
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

  /** Whether each wanted field but those of {@code others} is a detail with that value. */
  boolean has(Json.Fields wanted, Set<String> others) {
    for (Map.Entry<String, Json> field : wanted.members().entrySet()) {
      String name = field.getKey();
      if (!others.contains(name) && !isValue(field.getValue(), details.get(name), name)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a value is the wanted one; null is wanted if there must be none. */
  static boolean isValue(Json wanted, @Nullable String seen, String name) {
    if (wanted instanceof Json.Nothing) {
      return seen == null;
    }
    if (wanted instanceof Json.Text text) {
      return text.value().equals(seen);
    }
    if (wanted instanceof Json.Flag flag) {
      return Boolean.toString(flag.value()).equals(seen);
    }
    if (wanted instanceof Json.Whole whole) {
      return Long.toString(whole.value()).equals(seen);
    }
    return CaseFields.octets(name, wanted).text().equals(seen);
  }
}
