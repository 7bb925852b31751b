package io.stompbox.testkit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The request that opens a WebSocket, and the answers to it (RFC 6455, section 4).
 *
 * @param headers by name, which ignores case; repeats are joined with commas
 */
record WebSocketUpgrade(String path, Map<String, String> headers) {
  private static final String KEY = "Sec-WebSocket-Key";
  private static final String PROTOCOL = "Sec-WebSocket-Protocol";

  /** What a server appends to the key, to show that it speaks WebSocket (RFC 6455, 1.3). */
  private static final String SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  static WebSocketUpgrade read(InputStream input) throws IOException {
    String[] request = line(input).split(" ", -1);
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = line(input); !line.isEmpty(); line = line(input)) {
      int colon = line.indexOf(':');
      String value = line.substring(colon + 1).strip();
      headers.merge(line.substring(0, colon), value, (one, other) -> one + ", " + other);
    }
    if (request.length != 3 || !request[0].equals("GET") || !headers.containsKey(KEY)) {
      throw new IOException("this does not open a WebSocket: " + Arrays.toString(request));
    }
    return new WebSocketUpgrade(request[1], headers);
  }

  private static String line(InputStream input) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = input.read(); octet != '\n'; octet = input.read()) {
      if (octet < 0) {
        throw new EOFException("the client left in the middle of its request");
      }
      line.write(octet);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  List<String> offers() {
    return header(PROTOCOL).map(offers -> List.of(offers.split(" *, *", -1))).orElse(List.of());
  }

  byte[] acceptance(@Nullable String subProtocol) {
    String selected = subProtocol == null ? "" : PROTOCOL + ": " + subProtocol + "\r\n";
    return octets(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + proof()
            + "\r\n"
            + selected
            + "\r\n");
  }

  private String proof() {
    try {
      byte[] keyed = octets(headers.get(KEY) + SALT);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(keyed));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }

  static byte[] refusal(int status) {
    return octets("HTTP/1.1 " + status + " Refused\r\nContent-Length: 0\r\n\r\n");
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
