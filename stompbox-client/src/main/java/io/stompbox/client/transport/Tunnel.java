package io.stompbox.client.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stompbox.protocol.failover.BrokerAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.IDN;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.util.Base64;

/** Asks a proxy for a way to a broker, over a connection to the proxy. */
final class Tunnel {
  private static final int PROXY_LOGIN_WANTED = 407;

  private static final int VERSION = 5;
  private static final int NO_LOGIN = 0;
  private static final int NAME_AND_PASSWORD = 2;
  private static final int LOGIN_VERSION = 1;
  private static final int CONNECT = 1;
  private static final int IPV4 = 1;
  private static final int IPV4_OCTETS = 4;
  private static final int NAME = 3;
  private static final int IPV6 = 4;
  private static final int LONGEST_NAME = 255;

  private final BrokerAddress target;
  private final InputStream input;
  private final OutputStream output;

  /** Creates one over both directions of a connection to the proxy. */
  Tunnel(BrokerAddress target, InputStream input, OutputStream output) {
    this.target = target;
    this.input = input;
    this.output = output;
  }

  /** Returns once the way is open; nothing behind the proxy's answer is read. */
  void open(ProxyOptions proxy) throws IOException {
    // SOCKS would cut it to another one.
    TcpConnector.checkPort(target.port());
    try {
      if (proxy instanceof ProxyOptions.HttpConnect http) {
        connect(http);
      } else {
        socks((ProxyOptions.Socks5) proxy);
      }
    } catch (ProtocolException e) {
      throw new IOException(
          "the proxy "
              + proxy.host()
              + ":"
              + proxy.port()
              + " can't be understood: "
              + e.getMessage(),
          e);
    }
  }

  private void connect(ProxyOptions.HttpConnect proxy) throws IOException {
    String place = WebSocketUpgrade.hostAndPort(target);
    StringBuilder request = new StringBuilder("CONNECT " + place + " HTTP/1.1\r\n");
    request.append("Host: ").append(place).append("\r\n");
    proxy
        .login()
        .ifPresent(
            login -> {
              String both = login.name() + ":" + login.password();
              request
                  .append("Proxy-Authorization: Basic ")
                  .append(Base64.getEncoder().encodeToString(both.getBytes(UTF_8)))
                  .append("\r\n");
            });
    output.write(request.append("\r\n").toString().getBytes(UTF_8));
    int status = HttpHead.read(input).status();
    if (status < 200 || status > 299) {
      throw new IOException(
          "the proxy "
              + proxy.host()
              + ":"
              + proxy.port()
              + " answered CONNECT "
              + place
              + " with HTTP status "
              + status
              + (status == PROXY_LOGIN_WANTED ? "; give it a login that it knows" : ""));
    }
  }

  private void socks(ProxyOptions.Socks5 proxy) throws IOException {
    String shown = "the proxy " + proxy.host() + ":" + proxy.port();
    int offered = proxy.login().isPresent() ? NAME_AND_PASSWORD : NO_LOGIN;
    output.write(new byte[] {VERSION, 1, (byte) offered});
    expectVersion(VERSION);
    int chosen = octet();
    if (chosen != offered) {
      throw new IOException(
          shown
              + (offered == NO_LOGIN ? " wants a login" : " wants no login by name and password"));
    }
    if (proxy.login().isPresent()) {
      logIn(proxy.login().get(), shown);
    }
    output.write(socksRequest());
    expectVersion(VERSION);
    int reply = octet();
    skip(1);
    skipAddress();
    if (reply != 0) {
      throw new IOException(shown + " does not connect to " + target + ": " + socksReason(reply));
    }
  }

  private void logIn(ProxyOptions.Login login, String shown) throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.write(LOGIN_VERSION);
    counted(request, login.name().getBytes(UTF_8));
    counted(request, login.password().getBytes(UTF_8));
    output.write(request.toByteArray());
    expectVersion(LOGIN_VERSION);
    if (octet() != 0) {
      throw new IOException(shown + " does not know the login '" + login.name() + "'");
    }
  }

  private static void counted(ByteArrayOutputStream request, byte[] octets) {
    request.write(octets.length);
    request.writeBytes(octets);
  }

  private byte[] socksRequest() throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(new byte[] {VERSION, CONNECT, 0});
    socksHost(request);
    request.write(target.port() >> Byte.SIZE);
    request.write(target.port());
    return request.toByteArray();
  }

  /**
   * Names the broker, so that the proxy looks it up. An IPv4 address is a name for it too, but one
   * with colons is none that a resolver takes.
   */
  private void socksHost(ByteArrayOutputStream request) throws IOException {
    String host = TlsLayer.withoutZone(target.host());
    if (host.indexOf(':') >= 0) {
      byte[] address = InetAddress.getByName(host).getAddress();
      // Java makes an IPv4 address of one that is mapped into IPv6.
      request.write(address.length == IPV4_OCTETS ? IPV4 : IPV6);
      request.writeBytes(address);
      return;
    }
    byte[] name = ascii(host).getBytes(UTF_8);
    if (name.length > LONGEST_NAME) {
      throw new IOException("SOCKS can't carry a host name of " + name.length + " octets");
    }
    request.write(NAME);
    counted(request, name);
  }

  private static String ascii(String host) throws IOException {
    try {
      return IDN.toASCII(host);
    } catch (IllegalArgumentException e) {
      throw new IOException("SOCKS can't carry the host name '" + host + "'", e);
    }
  }

  private void skipAddress() throws IOException {
    int kind = octet();
    int length =
        switch (kind) {
          case IPV4 -> IPV4_OCTETS;
          case NAME -> octet();
          case IPV6 -> 16;
          default -> throw new ProtocolException("its answer has an address of kind " + kind);
        };
    skip(length + Short.BYTES);
  }

  private static String socksReason(int reply) {
    return switch (reply) {
      case 2 -> "its rules forbid that";
      case 3 -> "the network can't be reached";
      case 4 -> "the host can't be reached";
      case 5 -> "the connection was refused";
      case 6 -> "it took too long";
      default -> "reply " + reply;
    };
  }

  private void expectVersion(int version) throws IOException {
    int found = octet();
    if (found != version) {
      throw new ProtocolException("it does not answer as SOCKS 5 does, but begins with " + found);
    }
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      octet();
    }
  }

  private int octet() throws IOException {
    int octet = input.read();
    if (octet < 0) {
      throw new ProtocolException("it hung up in the middle of its answer");
    }
    return octet;
  }
}
