package io.stompbox.protocol.failover;

import io.stompbox.protocol.failover.PercentEncoding.Malformed;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where one broker listens and how to talk to it: {@code scheme://login:passcode@host:port/path}.
 *
 * <p>Login, passcode and path are percent-decoded once. {@link #toString()} leaves login and
 * passcode out, so that an address may stand in logs and messages.
 */
public final class BrokerAddress {
  /** Names may be international; the zone of an IPv6 address stands behind a '%'. */
  private static final Pattern HOST_AND_PORT =
      Pattern.compile(
          "(?:(?<name>[-._\\p{L}\\p{M}\\p{N}]+)"
              + "|\\[(?<ipv6>[0-9A-Fa-f.]*:[0-9A-Fa-f.:]+(?:%[-._~\\p{Alnum}]+)?)])"
              + "(?::(?<port>[^:]*))?");

  private final Scheme scheme;
  private final String schemeText;
  private final String host;
  private final int port;
  private final @Nullable String pathText;
  private final @Nullable String path;
  private final @Nullable String login;
  private final @Nullable String passcode;

  private BrokerAddress(Scheme scheme, String schemeText, String host, int port, Parts parts) {
    this.scheme = scheme;
    this.schemeText = schemeText;
    this.host = host;
    this.port = port;
    this.pathText = parts.pathText;
    this.path = parts.path;
    this.login = parts.login;
    this.passcode = parts.passcode;
  }

  private record Parts(
      @Nullable String pathText,
      @Nullable String path,
      @Nullable String login,
      @Nullable String passcode) {}

  /**
   * Reads an address. The port may be left out: 61613, or 61614 with TLS, as ActiveMQ and RabbitMQ
   * listen by default.
   *
   * @throws IllegalArgumentException if it is not one; the message does not repeat credentials
   */
  public static BrokerAddress parse(String text) {
    return parse(text, text);
  }

  /**
   * Reads an address that may be a part of something.
   *
   * @param shown what a message shows, credentials hidden
   */
  static BrokerAddress parse(String text, String shown) {
    try {
      return read(text);
    } catch (Malformed e) {
      throw new IllegalArgumentException(
          "not a broker address: '"
              + PercentEncoding.withoutCredentials(shown)
              + "': "
              + e.getMessage());
    }
  }

  private static BrokerAddress read(String text) throws Malformed {
    if (text.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
      throw new Malformed(
          "blanks and control characters must not stand between its parts, and be percent-encoded"
              + " inside them");
    }
    int colon = text.indexOf("://");
    if (colon <= 0) {
      throw new Malformed("it must look like stomp://host:port");
    }
    String schemeText = text.substring(0, colon);
    Scheme scheme =
        Scheme.of(schemeText)
            .orElseThrow(() -> new Malformed("its scheme is not one of " + Scheme.names()));
    String rest = text.substring(colon + 3);
    if (rest.indexOf('?') >= 0) {
      throw new Malformed("options go behind the last address: failover:(a,b)?name=value");
    }
    int slash = rest.indexOf('/');
    String authority = slash < 0 ? rest : rest.substring(0, slash);
    Parts parts = parts(authority, slash < 0 ? null : rest.substring(slash + 1));
    String hostAndPort = authority.substring(authority.lastIndexOf('@') + 1);
    return withHostAndPort(scheme, schemeText, hostAndPort, parts);
  }

  private static Parts parts(String authority, @Nullable String path) throws Malformed {
    if (path != null && path.chars().anyMatch(c -> "@,()".indexOf(c) >= 0)) {
      // Half of a passcode with a slash would pass for a path, which is shown; commas and brackets
      // belong to the list that an address may stand in.
      throw new Malformed(
          "'@', ',', '(' and ')' behind the first '/' must be percent-encoded, and so must a '/' in"
              + " login or passcode");
    }
    int at = authority.lastIndexOf('@');
    String login = null;
    String passcode = null;
    if (at >= 0) {
      int colon = authority.indexOf(':');
      boolean hasPasscode = colon >= 0 && colon < at;
      login = PercentEncoding.decode(authority.substring(0, hasPasscode ? colon : at));
      passcode = hasPasscode ? PercentEncoding.decode(authority.substring(colon + 1, at)) : null;
    }
    return new Parts(path, path == null ? null : PercentEncoding.decode(path), login, passcode);
  }

  private static BrokerAddress withHostAndPort(
      Scheme scheme, String schemeText, String hostAndPort, Parts parts) throws Malformed {
    if (hostAndPort.isEmpty() || hostAndPort.matches(":[^:]*")) {
      throw new Malformed("the host is missing");
    }
    Matcher matcher = HOST_AND_PORT.matcher(hostAndPort);
    if (!matcher.matches()) {
      throw new Malformed(
          "a host has letters, digits, '-', '_' and '.'; an IPv6 address stands in brackets:"
              + " stomp://[::1]:61613");
    }
    String name = matcher.group("name");
    String digits = matcher.group("port");
    if (digits != null && !digits.matches("[0-9]{1,5}")) {
      throw new Malformed("the port must be a number of at most five digits");
    }
    return new BrokerAddress(
        scheme,
        schemeText,
        name != null ? name : matcher.group("ipv6"),
        digits != null ? Integer.parseInt(digits) : scheme.defaultPort(),
        parts);
  }

  /** How the connection is made. */
  public Scheme scheme() {
    return scheme;
  }

  /** The host name or address; an IPv6 address without its brackets. */
  public String host() {
    return host;
  }

  /** The port as it was written; whether it can be connected to shows when it is tried. */
  public int port() {
    return port;
  }

  /** What follows the slash after the port: the virtual host; empty if there is no slash. */
  public Optional<String> path() {
    return Optional.ofNullable(path);
  }

  /** The login from the address; empty if it has none. */
  public Optional<String> login() {
    return Optional.ofNullable(login);
  }

  /** The passcode from the address; empty if it has none. Never print it. */
  public Optional<String> passcode() {
    return Optional.ofNullable(passcode);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BrokerAddress address
        && scheme == address.scheme
        && host.equals(address.host)
        && port == address.port
        && Objects.equals(path, address.path)
        && Objects.equals(login, address.login)
        && Objects.equals(passcode, address.passcode);
  }

  @Override
  public int hashCode() {
    return Objects.hash(scheme, host, port);
  }

  /** Returns the address without login and passcode, its path as it was written. */
  @Override
  public String toString() {
    String shownHost = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return schemeText + "://" + shownHost + ":" + port + (pathText == null ? "" : "/" + pathText);
  }
}
