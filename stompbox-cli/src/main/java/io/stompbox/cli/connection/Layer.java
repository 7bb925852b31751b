package io.stompbox.cli.connection;

import io.stompbox.cli.context.Context;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Values for a connection from one place.
 *
 * @param place where they come from
 * @param name what the place is called where a failure names it
 * @param values as text, by the names that a {@link Context} has
 */
record Layer(Place place, String name, Map<String, String> values) {
  /** As a value of the command line only: ask for the password. */
  static final String ASK = "askPassword";

  /** What options are called that have values of these names. */
  private static final Map<String, String> FLAGS =
      Map.ofEntries(
          Map.entry(Context.SERVER, "--server"),
          Map.entry(Context.TIMEOUT, "--timeout"),
          Map.entry(Context.RETRY, "--retry"),
          Map.entry("login", "--user"),
          Map.entry("virtualHost", "--vhost"),
          Map.entry("clientId", "--client-id"),
          Map.entry("versions", "--protocol"),
          Map.entry("tls.trust", "--tls-ca"),
          Map.entry("tls.certificate", "--tls-cert"),
          Map.entry("tls.key", "--tls-key"),
          Map.entry(Context.INSECURE, "--insecure"));

  /** Where values come from, the weakest first. */
  enum Place {
    DEFAULT,
    CONTEXT,
    ENVIRONMENT,
    ARGUMENTS
  }

  Layer {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** What the value of this name is called, for a failure. */
  String origin(String value) {
    if (place == Place.ENVIRONMENT) {
      return value.equals(Context.SERVER) ? LayerSources.URI : name;
    }
    return place == Place.ARGUMENTS ? FLAGS.getOrDefault(value, name) : name;
  }

  /** Who logs in, and with what. */
  Account account() {
    return new Account(values.get("login"), password(), remoteOrigin());
  }

  /** What it is called where whoever calls the command may not think of it. */
  Optional<String> remoteOrigin() {
    return place == Place.CONTEXT || place == Place.ENVIRONMENT
        ? Optional.of(name)
        : Optional.empty();
  }

  private @Nullable PasswordPlace password() {
    String file = values.get(Context.PASSWORD_FILE);
    String variable = values.get(Context.PASSWORD_VARIABLE);
    String known = values.get("passcode");
    if (values.containsKey(ASK)) {
      return new PasswordPlace.Asked();
    }
    if (file != null) {
      return new PasswordPlace.FirstLine(Path.of(file));
    }
    if (variable != null) {
      return new PasswordPlace.Variable(variable);
    }
    return known == null ? null : new PasswordPlace.Known(known);
  }
}
