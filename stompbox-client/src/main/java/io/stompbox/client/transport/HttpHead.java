package io.stompbox.client.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of an HTTP answer: what comes before its content.
 *
 * @param headers by name, which ignores case; repeats are joined with commas
 */
record HttpHead(int status, Map<String, String> headers) {
  /** In octets; what is longer is no answer to a request of ours. */
  static final int LONGEST = 16 * 1024;

  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3})(?: .*)?");

  /**
   * Reads it, and nothing behind it.
   *
   * @throws ProtocolException if it is none or too long
   */
  static HttpHead read(InputStream input) throws IOException {
    Lines lines = new Lines(input);
    Matcher matcher = STATUS_LINE.matcher(lines.next());
    if (!matcher.matches()) {
      throw new ProtocolException("it does not answer as HTTP does");
    }
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = lines.next(); !line.isEmpty(); line = lines.next()) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new ProtocolException("a header of its HTTP answer has no name");
      }
      headers.merge(
          line.substring(0, colon),
          line.substring(colon + 1).strip(),
          (one, other) -> one + ", " + other);
    }
    return new HttpHead(Integer.parseInt(matcher.group(1)), headers);
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** Lines that may be so many octets long in all. */
  private static final class Lines {
    private final InputStream input;
    private int left = LONGEST;

    Lines(InputStream input) {
      this.input = input;
    }

    String next() throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int octet = input.read(); octet != '\n'; octet = input.read()) {
        if (octet < 0) {
          throw new ProtocolException(
              "it does not answer as HTTP does: it hung up in the middle of its answer");
        }
        if (--left < 0) {
          throw new ProtocolException(
              "its HTTP answer begins with more than " + LONGEST + " octets");
        }
        line.write(octet);
      }
      String text = line.toString(StandardCharsets.ISO_8859_1);
      return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
  }
}
