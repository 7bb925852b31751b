package io.stompbox.protocol.failover;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The options of a failover URI with their types. */
record OptionValues(Map<String, String> options) {
  private static final Map<String, Kind> KNOWN =
      new TreeMap<>(
          Map.of(
              "initialReconnectDelay", Kind.INTEGER,
              "maxReconnectDelay", Kind.INTEGER,
              "useExponentialBackOff", Kind.BOOLEAN,
              "backOffMultiplier", Kind.DECIMAL,
              "maxReconnectAttempts", Kind.INTEGER,
              "startupMaxReconnectAttempts", Kind.INTEGER,
              "reconnectDelayJitter", Kind.INTEGER,
              "randomize", Kind.BOOLEAN,
              "priorityBackup", Kind.BOOLEAN));

  private enum Kind {
    INTEGER("a whole number", "-?[0-9]{1,9}"),
    DECIMAL("a number such as 2.0", "[0-9]{1,9}(\\.[0-9]{1,9})?"),
    BOOLEAN("true or false", "true|false");

    private final String wanted;
    private final String pattern;

    Kind(String wanted, String pattern) {
      this.wanted = wanted;
      this.pattern = pattern;
    }
  }

  static Set<String> names() {
    return Collections.unmodifiableSet(KNOWN.keySet());
  }

  /**
   * Refuses options that are unknown or of another type.
   *
   * @param hint what to say of an unknown one besides what is known
   */
  static void check(Map<String, String> options, String hint) {
    options.forEach(
        (name, value) -> {
          Kind kind = KNOWN.get(name);
          if (kind == null) {
            throw bad(name, "is not known; known are " + KNOWN.keySet() + hint);
          }
          if (!value.matches(kind.pattern)) {
            throw bad(name, "must be " + kind.wanted + ", but was '" + value + "'");
          }
        });
  }

  private static IllegalArgumentException bad(String name, String why) {
    return new IllegalArgumentException(
        PercentEncoding.printable("the option '" + name + "' " + why));
  }

  Optional<Integer> integer(String name) {
    return Optional.ofNullable(options.get(name)).map(Integer::valueOf);
  }

  Optional<Double> decimal(String name) {
    return Optional.ofNullable(options.get(name)).map(Double::valueOf);
  }

  Optional<Boolean> bool(String name) {
    return Optional.ofNullable(options.get(name)).map(Boolean::valueOf);
  }
}
