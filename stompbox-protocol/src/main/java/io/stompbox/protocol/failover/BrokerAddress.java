package io.stompbox.protocol.failover;

import io.stompbox.protocol.failover.PercentEncoding.Malformed;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where one broker listens and how to talk to it: {@code scheme://login:passcode@host:port/path}.
 *
 * <p>Login, passcode and path are percent-decoded once. {@link #toString()} leaves login and
 * passcode out, so that an address may stand in logs and messages.
 */
public final class BrokerAddress {
  private final Scheme scheme;
  private final String schemeText;
  private final String host;
  private final int port;
  private final @Nullable String path;
  private final @Nullable String login;
  private final @Nullable String passcode;

  private BrokerAddress(Scheme scheme, String schemeText, String host, int port, Parts parts) {
    this.scheme = scheme;
    this.schemeText = schemeText;
    this.host = host;
    this.port = port;
    this.path = parts.path;
    this.login = parts.login;
    this.passcode = parts.passcode;
  }

  private record Parts(@Nullable String path, @Nullable String login, @Nullable String passcode) {}

  /**
   * Reads an address. The port may be left out: 61613, or 61614 with TLS, as ActiveMQ and RabbitMQ
   * listen by default.
   *
   * @throws IllegalArgumentException if it is not one; the message does not repeat credentials
   */
  public static BrokerAddress parse(String text) {
    int colon = text.indexOf("://");
    if (colon <= 0) {
      throw bad(text, "it must look like stomp://host:port");
    }
    String schemeText = text.substring(0, colon);
    Scheme scheme = Scheme.of(schemeText).orElseThrow(() -> unknownScheme(text, schemeText));
    String rest = text.substring(colon + 3);
    int slash = rest.indexOf('/');
    String authority = slash < 0 ? rest : rest.substring(0, slash);
    int question = rest.indexOf('?');
    if (question >= 0) {
      throw bad(text, "options go behind the last address: failover:(a,b)?name=value");
    }
    int at = authority.lastIndexOf('@');
    String userInfo = at < 0 ? null : authority.substring(0, at);
    Parts parts = parts(text, slash < 0 ? null : rest.substring(slash + 1), userInfo);
    return withHostAndPort(text, scheme, authority.substring(at + 1), parts);
  }

  private static Parts parts(String text, @Nullable String path, @Nullable String userInfo) {
    String login = null;
    String passcode = null;
    try {
      if (userInfo != null) {
        int colon = userInfo.indexOf(':');
        login = PercentEncoding.decode(colon < 0 ? userInfo : userInfo.substring(0, colon));
        passcode = colon < 0 ? null : PercentEncoding.decode(userInfo.substring(colon + 1));
      }
      return new Parts(path == null ? null : PercentEncoding.decode(path), login, passcode);
    } catch (Malformed e) {
      throw bad(text, "a '%' must be followed by two hexadecimal digits");
    }
  }

  private static BrokerAddress withHostAndPort(
      String text, Scheme scheme, String hostAndPort, Parts parts) {
    String schemeText = text.substring(0, text.indexOf("://"));
    int bracket = hostAndPort.lastIndexOf(']');
    if (hostAndPort.startsWith("[") != (bracket > 0)) {
      throw bad(text, "an IPv6 address must stand in brackets: stomp://[::1]:61613");
    }
    int colon = hostAndPort.indexOf(':', Math.max(bracket, 0));
    String host = colon < 0 ? hostAndPort : hostAndPort.substring(0, colon);
    if (host.isEmpty() || host.indexOf(' ') >= 0) {
      throw bad(text, "the host is missing");
    }
    int port = colon < 0 ? scheme.defaultPort() : port(text, hostAndPort.substring(colon + 1));
    String bare = bracket > 0 ? host.substring(1, bracket) : host;
    return new BrokerAddress(scheme, schemeText, bare, port, parts);
  }

  private static int port(String text, String digits) {
    if (digits.isEmpty()
        || digits.length() > 5
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw bad(text, "the port must be a number, but was '" + digits + "'");
    }
    return Integer.parseInt(digits);
  }

  private static IllegalArgumentException unknownScheme(String text, String scheme) {
    return bad(text, "the scheme '" + scheme + "' is not known; known are " + Scheme.names());
  }

  private static IllegalArgumentException bad(String text, String why) {
    return new IllegalArgumentException(
        "not a broker address: '" + PercentEncoding.withoutCredentials(text) + "': " + why);
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

  /** Returns the address without login and passcode. */
  @Override
  public String toString() {
    String shownHost = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return schemeText + "://" + shownHost + ":" + port + (path == null ? "" : "/" + path);
  }
}
