package io.stompbox.client.transport;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A proxy that connections go through. It looks the broker's host up, and TLS goes through it to
 * the broker. It answers within 16 KiB, or is left.
 */
public sealed interface ProxyOptions {

  /** The proxy's host name or address. */
  String host();

  /** The proxy's port. */
  int port();

  /** What the proxy wants to know of who connects; empty tells it nothing. */
  Optional<Login> login();

  /**
   * An HTTP proxy that is asked with CONNECT (RFC 9110, section 9.3.6). A login goes with basic
   * authentication, in clear to the proxy.
   */
  record HttpConnect(String host, int port, Optional<Login> login) implements ProxyOptions {
    /**
     * Checks them.
     *
     * @throws IllegalArgumentException if the host is empty, the port none, or the name has a colon
     */
    public HttpConnect {
      check(host, port);
      if (login.isPresent() && login.get().name().indexOf(':') >= 0) {
        throw new IllegalArgumentException(
            "a name with a colon can't be sent with basic authentication: " + login.get().name());
      }
    }
  }

  /** A SOCKS proxy of version 5 (RFC 1928), with the login of RFC 1929. */
  record Socks5(String host, int port, Optional<Login> login) implements ProxyOptions {
    private static final int LONGEST = 255;

    /**
     * Checks them.
     *
     * @throws IllegalArgumentException if the host is empty, the port none, or name or password
     *     have no octets or more than 255
     */
    public Socks5 {
      check(host, port);
      login.ifPresent(
          known -> {
            if (!fits(known.name()) || !fits(known.password())) {
              throw new IllegalArgumentException(
                  "SOCKS takes names and passwords of 1 to 255 octets; this name: " + known.name());
            }
          });
    }

    private static boolean fits(String text) {
      int octets = text.getBytes(StandardCharsets.UTF_8).length;
      return octets > 0 && octets <= LONGEST;
    }
  }

  /** Who connects. The password is never printed. */
  record Login(String name, String password) {
    @Override
    public String toString() {
      return "Login[" + name + ", ***]";
    }
  }

  /** Returns an HTTP proxy without a login. */
  static ProxyOptions http(String host, int port) {
    return new HttpConnect(host, port, Optional.empty());
  }

  /** Returns an HTTP proxy with a login. */
  static ProxyOptions http(String host, int port, String name, String password) {
    return new HttpConnect(host, port, Optional.of(new Login(name, password)));
  }

  /** Returns a SOCKS proxy without a login. */
  static ProxyOptions socks5(String host, int port) {
    return new Socks5(host, port, Optional.empty());
  }

  /** Returns a SOCKS proxy with a login. */
  static ProxyOptions socks5(String host, int port, String name, String password) {
    return new Socks5(host, port, Optional.of(new Login(name, password)));
  }

  private static void check(String host, int port) {
    if (host.isEmpty()) {
      throw new IllegalArgumentException("the host of the proxy is empty");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("the port of the proxy is not from 1 to 65535: " + port);
    }
  }
}
