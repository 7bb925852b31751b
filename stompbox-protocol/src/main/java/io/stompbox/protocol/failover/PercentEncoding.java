package io.stompbox.protocol.failover;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Percent-encoded parts of addresses, and addresses as they may be shown. */
final class PercentEncoding {
  /** Up to the last at sign, since people forget to encode those inside a passcode. */
  private static final Pattern CREDENTIALS = Pattern.compile("//[^,()]*@");

  private PercentEncoding() {}

  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;
  }

  static String decode(String text) throws Malformed {
    if (text.indexOf('%') < 0) {
      return text;
    }
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < encoded.length; i++) {
      if (encoded[i] != '%') {
        octets.write(encoded[i]);
        continue;
      }
      int high = i + 2 < encoded.length + 0 ? Character.digit(encoded[i + 1], 16) : -1;
      int low = i + 2 < encoded.length + 0 ? Character.digit(encoded[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        throw new Malformed();
      }
      octets.write(high << 4 | low);
      i += 2;
    }
    return octets.toString(StandardCharsets.UTF_8);
  }

  static String withoutCredentials(String text) {
    return CREDENTIALS.matcher(text).replaceAll("//***@");
  }
}
