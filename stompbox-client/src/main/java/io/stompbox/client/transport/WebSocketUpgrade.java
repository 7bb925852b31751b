package io.stompbox.client.transport;

import io.stompbox.client.transport.UnexpectedPeerException.Sign;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.frame.Header;
import java.io.IOException;
import java.net.IDN;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** The HTTP request that opens a WebSocket, and its answer (RFC 6455, section 4). */
final class WebSocketUpgrade {
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int KEY_OCTETS = 16;

  /** What a server appends to the key, to show that it speaks WebSocket (RFC 6455, 1.3). */
  private static final String SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final BrokerAddress address;
  private final WebSocketOptions options;
  private final String key;

  WebSocketUpgrade(BrokerAddress address, WebSocketOptions options, SecureRandom random) {
    this.address = address;
    this.options = options;
    byte[] octets = new byte[KEY_OCTETS];
    random.nextBytes(octets);
    this.key = Base64.getEncoder().encodeToString(octets);
  }

  /** Returns the request; it may have secrets. */
  byte[] request() throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("GET ").append(address.requestTarget().orElse("/")).append(" HTTP/1.1\r\n");
    line(text, "Host", hostAndPort(address));
    line(text, "Upgrade", "websocket");
    line(text, "Connection", "Upgrade");
    line(text, "Sec-WebSocket-Key", key);
    line(text, "Sec-WebSocket-Version", "13");
    if (!options.subProtocols().isEmpty()) {
      line(text, "Sec-WebSocket-Protocol", String.join(", ", options.subProtocols()));
    }
    for (Header header : options.headers()) {
      line(text, header.name(), header.value());
    }
    return text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(name).append(": ").append(value).append("\r\n");
  }

  /** Returns host and port as HTTP writes them. */
  static String hostAndPort(BrokerAddress address) throws IOException {
    String host = TlsLayer.withoutZone(address.host());
    try {
      String ascii = host.indexOf(':') >= 0 ? host : IDN.toASCII(host);
      return BrokerAddress.hostAndPort(ascii, address.port());
    } catch (IllegalArgumentException e) {
      throw new IOException("HTTP knows no host names like '" + host + "'", e);
    }
  }

  /** Returns if the answer opens the WebSocket. */
  void check(HttpHead answer) throws IOException {
    if (answer.status() != SWITCHING_PROTOCOLS) {
      throw new UnexpectedPeerException(Sign.NO_WEBSOCKET, refusal(answer.status()));
    }
    if (!answer.header("Upgrade").orElse("").equalsIgnoreCase("websocket")
        || !hasToken(answer.header("Connection").orElse(""), "upgrade")) {
      throw bad("it does not say 'Upgrade: websocket' and 'Connection: Upgrade'");
    }
    if (!answer.header("Sec-WebSocket-Accept").orElse("").equals(proof())) {
      throw bad("its Sec-WebSocket-Accept does not belong to the key of the request");
    }
    String selected = answer.header("Sec-WebSocket-Protocol").orElse("");
    if (!selected.isEmpty() && !options.subProtocols().contains(selected)) {
      throw bad(
          "it selects the sub-protocol '" + selected + "'; offered were " + options.subProtocols());
    }
    if (answer.header("Sec-WebSocket-Extensions").isPresent()) {
      throw bad("it selects an extension, and none was offered");
    }
  }

  private static boolean hasToken(String list, String token) {
    for (String one : list.split(",", -1)) {
      if (one.strip().equalsIgnoreCase(token)) {
        return true;
      }
    }
    return false;
  }

  private static ProtocolException bad(String why) {
    return new ProtocolException("the answer to the upgrade breaks RFC 6455: " + why);
  }

  private static String refusal(int status) {
    return "the upgrade to WebSocket was answered with HTTP status "
        + status
        + switch (status) {
          case 401, 403 -> "; set a header such as Authorization or Origin in WebSocketOptions";
          case 404 -> "; brokers listen on a path of their own, such as /ws";
          default -> "";
        };
  }

  private String proof() {
    try {
      byte[] keyed = (key + SALT).getBytes(StandardCharsets.ISO_8859_1);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(keyed));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
