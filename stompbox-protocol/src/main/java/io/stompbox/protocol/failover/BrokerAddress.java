package io.stompbox.protocol.failover;

import io.stompbox.protocol.failover.PercentEncoding.Malformed;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where one broker listens and how to talk to it.
 *
 * <pre>
 * stomp://login:passcode@host:port/virtual-host
 * ws://login:passcode@host:port/path?query
 * stomp+unix://login:passcode@/path/of/socket
 * </pre>
 *
 * <p>What follows the slash is the virtual host, except with WebSocket: there it belongs to the
 * HTTP request, and with a Unix domain socket, whose path it is; there the virtual host is that of
 * the connection's options. Login, passcode and virtual host or path are percent-decoded once.
 * {@link #toString()} leaves login, passcode and query out, so that an address may stand in logs
 * and messages.
 */
public final class BrokerAddress {
  /** The host of a Unix domain socket. */
  private static final String LOCAL = "localhost";

  /** Names may be international; the zone of an IPv6 address stands behind a '%'. */
  private static final Pattern HOST_AND_PORT =
      Pattern.compile(
          "(?:(?<name>[-._\\p{L}\\p{M}\\p{N}]+)"
              + "|\\[(?<ipv6>[0-9A-Fa-f.]*:[0-9A-Fa-f.:]+(?:%[-._~\\p{Alnum}]+)?)])"
              + "(?::(?<port>[^:]*))?");

  /** RFC 6761 gives all names below localhost to the machine itself, RFC 1122 all of 127. */
  private static final Pattern LOOPBACK =
      Pattern.compile(
          "(?:.*\\.)?localhost|127\\.[0-9.]+|::1|0*(?::0*){6}:0*1", Pattern.CASE_INSENSITIVE);

  /** Path and query of RFC 3986, without what {@link #checkTail} refuses. */
  private static final Pattern REQUEST_TARGET =
      Pattern.compile("(?:[-._~!$&'*+;=:/?A-Za-z0-9]|%[0-9A-Fa-f]{2})*");

  private final Scheme scheme;
  private final String schemeText;
  private final String host;
  private final int port;

  /** What follows the port, as it was written; empty if nothing does. */
  private final String tail;

  private final @Nullable String virtualHost;
  private final @Nullable String login;
  private final @Nullable String passcode;

  private BrokerAddress(Scheme scheme, String schemeText, String host, int port, Parts parts) {
    this.scheme = scheme;
    this.schemeText = schemeText;
    this.host = host;
    this.port = port;
    this.tail = parts.tail;
    this.virtualHost = parts.virtualHost;
    this.login = parts.login;
    this.passcode = parts.passcode;
  }

  private record Parts(
      String tail,
      @Nullable String virtualHost,
      @Nullable String login,
      @Nullable String passcode) {}

  /**
   * Reads an address. The port may be left out: see {@link Scheme#defaultPort()}.
   *
   * @throws IllegalArgumentException if it is not one; the message does not repeat credentials
   */
  public static BrokerAddress parse(String text) {
    return parse(text, text, "");
  }

  /**
   * Reads an address that may be a part of something.
   *
   * @param shown what a message shows, credentials hidden
   * @param place which part it is, for the message
   */
  static BrokerAddress parse(String text, String shown, String place) {
    try {
      return read(text);
    } catch (Malformed e) {
      throw new IllegalArgumentException(
          "not a broker address: '"
              + PercentEncoding.withoutCredentials(
                  // An address has no options, so this is a query, whatever its scheme.
                  shown.indexOf('@') < 0 ? PercentEncoding.withoutQuery(shown) : shown)
              + "': "
              + place
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
    int end = endOfAuthority(rest);
    String authority = rest.substring(0, end);
    Parts parts = parts(scheme, authority, rest.substring(end));
    String hostAndPort = authority.substring(authority.lastIndexOf('@') + 1);
    if (scheme == Scheme.UNIX) {
      return unix(schemeText, hostAndPort, parts);
    }
    return withHostAndPort(scheme, schemeText, hostAndPort, parts);
  }

  private static BrokerAddress unix(String schemeText, String hostAndPort, Parts parts)
      throws Malformed {
    if (!hostAndPort.isEmpty() || parts.tail.length() < 2) {
      throw new Malformed(
          "a Unix domain socket has an absolute path and no host: stomp+unix:///run/broker.sock");
    }
    return new BrokerAddress(Scheme.UNIX, schemeText, LOCAL, 0, parts);
  }

  private static int endOfAuthority(String rest) {
    int end = 0;
    while (end < rest.length() && rest.charAt(end) != '/' && rest.charAt(end) != '?') {
      end++;
    }
    return end;
  }

  private static Parts parts(Scheme scheme, String authority, String tail) throws Malformed {
    String virtualHost = null;
    if (scheme.isWebSocket()) {
      checkTail(tail);
      checkRequestTarget(tail);
    } else if (tail.indexOf('?') >= 0) {
      throw new Malformed("options go behind the last address: failover:(a,b)?name=value");
    } else if (!tail.isEmpty()) {
      checkTail(tail);
      String decoded = PercentEncoding.decode(tail.substring(1));
      virtualHost = scheme == Scheme.UNIX ? null : decoded;
      if (scheme == Scheme.UNIX && decoded.chars().anyMatch(Character::isISOControl)) {
        throw new Malformed("there are control characters in the path of the socket");
      }
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
    return new Parts(tail, virtualHost, login, passcode);
  }

  /**
   * Half of a passcode with a slash would pass for a path, which is shown; commas and brackets
   * belong to the list that an address may stand in.
   */
  private static void checkTail(String tail) throws Malformed {
    if (tail.chars().anyMatch(c -> "@,()".indexOf(c) >= 0)) {
      throw new Malformed(
          "'@', ',', '(' and ')' behind the first '/' must be percent-encoded, and so must a '/' in"
              + " login or passcode");
    }
  }

  private static void checkRequestTarget(String tail) throws Malformed {
    if (!REQUEST_TARGET.matcher(tail).matches()) {
      throw new Malformed(
          "what is special in the path or query of a WebSocket address must be percent-encoded");
    }
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

  /**
   * Whether the text of a host itself says that it is this machine: {@code localhost} and names
   * below it, {@code 127.0.0.1} and its like, {@code ::1}. Nothing is looked up, so a name of this
   * machine that DNS or a hosts file knows is not one of them.
   *
   * @param host as {@link #host()} gives it, an IPv6 address without brackets
   */
  public static boolean isLoopbackName(String host) {
    return LOOPBACK.matcher(host).matches();
  }

  /** Returns the same broker at another host name or address, which is not checked. */
  BrokerAddress withHost(String other) {
    return new BrokerAddress(
        scheme, schemeText, other, port, new Parts(tail, virtualHost, login, passcode));
  }

  /** How the connection is made. */
  public Scheme scheme() {
    return scheme;
  }

  /**
   * The host name or address; an IPv6 address without its brackets. A Unix domain socket is on
   * {@code localhost}.
   */
  public String host() {
    return host;
  }

  /** The port as it was written; whether it can be connected to shows when it is tried. */
  public int port() {
    return port;
  }

  /**
   * What follows the slash after the port, decoded; the empty string if nothing follows it. Empty
   * if there is no slash, and always with WebSocket.
   */
  public Optional<String> virtualHost() {
    return Optional.ofNullable(virtualHost);
  }

  /**
   * What a WebSocket's HTTP request asks for: path and query as they were written, at least {@code
   * /}. Empty if the scheme is not one of WebSocket. The query may hold a token: never print it.
   */
  public Optional<String> requestTarget() {
    if (!scheme.isWebSocket()) {
      return Optional.empty();
    }
    return Optional.of(tail.startsWith("/") ? tail : "/" + tail);
  }

  /** The path of a Unix domain socket, decoded; empty if the scheme is another. */
  public Optional<String> socketPath() {
    if (scheme != Scheme.UNIX) {
      return Optional.empty();
    }
    try {
      return Optional.of("/" + PercentEncoding.decode(tail.substring(1)));
    } catch (Malformed e) {
      throw new IllegalStateException("it was decoded before", e);
    }
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
        && Objects.equals(virtualHost, address.virtualHost)
        && requestTarget().equals(address.requestTarget())
        && socketPath().equals(address.socketPath())
        && Objects.equals(login, address.login)
        && Objects.equals(passcode, address.passcode);
  }

  @Override
  public int hashCode() {
    return Objects.hash(scheme, host, port);
  }

  /** Returns the address without login, passcode and query, the rest as it was written. */
  @Override
  public String toString() {
    if (scheme == Scheme.UNIX) {
      return schemeText + "://" + tail;
    }
    return schemeText + "://" + hostAndPort(host, port) + PercentEncoding.withoutQuery(tail);
  }

  /** Returns a host and a port as URIs have them: what has colons itself stands in brackets. */
  public static String hostAndPort(String host, int port) {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
