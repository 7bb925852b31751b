package io.stompbox.protocol.failover;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Percent-encoded parts of addresses, and addresses as they may be shown. */
final class PercentEncoding {
  /** What may stand before the credentials of the first address. */
  private static final Pattern BEFORE_CREDENTIALS =
      Pattern.compile("(failover:)?(//)?\\(?[a-z+]{1,12}://");

  /** What a WebSocket address has in its scheme, or what is mistaken for it. */
  private static final Pattern WEB = Pattern.compile("ws|http", Pattern.CASE_INSENSITIVE);

  /** An option whose name sounds as if it were a secret, and all behind it: it may be cut short. */
  private static final Pattern SECRET_OPTION =
      Pattern.compile("((?:pass|secret|token)[^=&,?]*=).*", Pattern.CASE_INSENSITIVE);

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

  private PercentEncoding() {}

  static String decode(String text) throws Malformed {
    if (text.indexOf('%') < 0) {
      return text;
    }
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      ByteBuffer octets = ByteBuffer.allocate(encoded.remaining());
      while (encoded.hasRemaining()) {
        byte octet = encoded.get();
        octets.put(octet == '%' ? octetOfTwoDigits(encoded) : octet);
      }
      return StandardCharsets.UTF_8.newDecoder().decode(octets.flip()).toString();
    } catch (CharacterCodingException e) {
      throw new Malformed("what is percent-encoded must be UTF-8");
    }
  }

  private static byte octetOfTwoDigits(ByteBuffer encoded) throws Malformed {
    if (encoded.remaining() >= 2) {
      int high = Character.digit(encoded.get(), 16);
      int low = Character.digit(encoded.get(), 16);
      if (high >= 0 && low >= 0) {
        return (byte) (high << 4 | low);
      }
    }
    throw new Malformed("a '%' must be followed by two hexadecimal digits");
  }

  /**
   * Returns text for a message. All from the first address's slashes to the last at sign is hidden,
   * other brokers too: people forget to encode what is special in a passcode, so where credentials
   * end in text that could not be read, nobody can tell.
   */
  static String withoutCredentials(String text) {
    int at = text.lastIndexOf('@');
    Matcher before = BEFORE_CREDENTIALS.matcher(text);
    int start = before.lookingAt() ? before.end() : 0;
    String shown = at < 0 ? text : text.substring(0, start) + "***" + text.substring(at);
    return printable(mayHoldToken(text) ? withoutQuery(shown) : withoutSecretOptions(shown));
  }

  /**
   * Whether what stands behind the first question mark may be the query of a WebSocket address, in
   * which people put tokens, and not the options. Where nothing else can be read, too much is
   * hidden rather than too little.
   */
  private static boolean mayHoldToken(String text) {
    return WEB.matcher(text).find() || text.indexOf('?') < text.lastIndexOf(')');
  }

  /** Returns the text with what stands behind its first question mark hidden. */
  static String withoutQuery(String text) {
    int query = text.indexOf('?');
    return query < 0 ? text : text.substring(0, query) + "?***";
  }

  /** Returns the text with the values of options hidden that sound as if they were secrets. */
  static String withoutSecretOptions(String text) {
    return SECRET_OPTION.matcher(text).replaceAll("$1***");
  }

  /** Returns text that fits into one line of a log. */
  static String printable(String text) {
    return CONTROL.matcher(text).replaceAll("?");
  }

  /** Says what is wrong, without repeating any of the text, since that could be a passcode. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String why) {
      super(why);
    }
  }
}
