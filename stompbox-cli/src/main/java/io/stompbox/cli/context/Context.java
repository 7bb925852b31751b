package io.stompbox.cli.context;

import io.stompbox.client.ClientSetting;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.failover.FailoverUri;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Values for connections under one name: those of {@link #OWN_NAMES}, and every setting of a
 * client.
 *
 * @param values as text, by name, in the order of the file
 */
public record Context(String name, Map<String, String> values) {
  /** The brokers, with blanks between several. */
  public static final String SERVER = "server";

  /** The file whose first line is the password. */
  public static final String PASSWORD_FILE = "passwordFile";

  /** The environment variable that has the password. */
  public static final String PASSWORD_VARIABLE = "passwordVariable";

  /** How long to wait for each answer of the broker. */
  public static final String TIMEOUT = "timeout";

  /** How often to try again: a number, {@code forever} or {@code never}. */
  public static final String RETRY = "retry";

  /** {@code true} lets anybody pass for a broker with TLS. */
  public static final String INSECURE = "insecure";

  /** What a context may have beside the settings of a client. */
  public static final List<String> OWN_NAMES =
      List.of(SERVER, PASSWORD_FILE, PASSWORD_VARIABLE, TIMEOUT, RETRY, INSECURE);

  private static final String HIDDEN = "***";
  private static final Pattern BETWEEN_URIS = Pattern.compile(" +(?=[\\w+:]+(//|\\())");

  /** Up to the last at sign before the next URI, as people forget to encode those in a password. */
  private static final Pattern CREDENTIALS =
      Pattern.compile("//((?![ ,]+[\\w+]+://).)*@", Pattern.DOTALL);

  /** Copies the values. */
  public Context {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Whether a value of this name is a secret. */
  public static boolean isSecret(String name) {
    return ClientSetting.of(name).filter(ClientSetting::isSecret).isPresent();
  }

  /** Whether a value of this name says what the password is, of which there is one. */
  public static boolean isPassword(String name) {
    return name.equals(PASSWORD_FILE) || name.equals(PASSWORD_VARIABLE) || name.equals("passcode");
  }

  /** Whether something can have this name: a setting, or one of {@link #OWN_NAMES}. */
  public static boolean isKnown(String name) {
    return names().contains(name);
  }

  /** Every name, in the order of the alphabet. */
  public static Set<String> names() {
    Set<String> names = new TreeSet<>(OWN_NAMES);
    names.addAll(FailoverUri.optionNames());
    names.add("reconnect");
    Arrays.stream(ClientSetting.values()).map(ClientSetting::key).forEach(names::add);
    return names;
  }

  /** Whether whoever reads it learns a secret. */
  public boolean hasSecrets() {
    return values.keySet().stream().anyMatch(Context::isSecret)
        || hasPassword(values.getOrDefault(SERVER, ""));
  }

  /**
   * Returns the URIs of {@link #SERVER}. A blank that no URI follows divides nothing: it may be
   * part of a password, half of which would not be hidden.
   */
  public static List<String> uris(String server) {
    return List.of(BETWEEN_URIS.split(server.strip(), -1));
  }

  /** Whether a URI, or several with blanks between them, has a password. */
  public static boolean hasPassword(String server) {
    try {
      return uris(server).stream()
          .filter(text -> !text.isEmpty())
          .map(text -> FailoverUri.parse(text, name -> !FailoverUri.optionNames().contains(name)))
          .anyMatch(Context::hasPassword);
    } catch (IllegalArgumentException e) {
      // It can't be read, so that nobody knows.
      return server.indexOf('@') >= 0;
    }
  }

  private static boolean hasPassword(FailoverUri uri) {
    return uri.settings().keySet().stream().anyMatch(Context::isSecret)
        || uri.brokers().stream().map(BrokerAddress::passcode).anyMatch(code -> code.isPresent());
  }

  /** The values as they may be shown. */
  public Map<String, String> shown() {
    Map<String, String> shown = new LinkedHashMap<>();
    values.forEach((name, value) -> shown.put(name, shown(name, value)));
    return shown;
  }

  private static String shown(String name, String value) {
    if (isSecret(name)) {
      return HIDDEN;
    }
    if (name.equals(SERVER) && hasPassword(value)) {
      return CREDENTIALS
          .matcher(value)
          .replaceAll("//" + HIDDEN + "@")
          .replaceAll("\\?.*", "?" + HIDDEN);
    }
    return name.equals("proxy") ? value.replaceAll("(?s)^(\\w*://)?.*@", "$1***@") : value;
  }

  /** Shows no secrets. */
  @Override
  public String toString() {
    return name + shown();
  }
}
