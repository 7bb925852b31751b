package io.stompbox.checks.conformance.kit;

import io.stompbox.protocol.frame.Body;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Octets and text in the readable form of case files: visible ASCII as it is, the rest as {@code \\
 * \n \r \t \0 \xHH}, and characters that are no octets as {@code \}{@code uXXXX}.
 */
public final class Escaped {
  private static final String LETTERS = "\\nrt0";
  private static final String MEANINGS = "\\\n\r\t\0";

  /** Longer runs of one character are shown by their length. */
  private static final int LONGEST_RUN = 64;

  private Escaped() {}

  /**
   * Returns the octets that {@code text} stands for.
   *
   * @throws CaseFormatException if a backslash is followed by something else than above
   */
  public static Body octets(String text) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    int at = 0;
    while (at < text.length()) {
      int backslash = text.indexOf('\\', at);
      int end = backslash < 0 ? text.length() : backslash;
      octets.writeBytes(text.substring(at, end).getBytes(StandardCharsets.UTF_8));
      at = backslash < 0 ? end : escape(text, backslash, octets);
    }
    return Body.of(octets.toByteArray());
  }

  private static int escape(String text, int backslash, ByteArrayOutputStream octets) {
    char letter = backslash + 1 < text.length() ? text.charAt(backslash + 1) : ' ';
    if (letter == 'x' && backslash + 4 <= text.length()) {
      octets.write(hex(text.substring(backslash + 2, backslash + 4)));
      return backslash + 4;
    }
    if (LETTERS.indexOf(letter) < 0) {
      throw new CaseFormatException(
          "a backslash must be followed by one of \\ n r t 0 xHH, but the text is " + text);
    }
    octets.write(MEANINGS.charAt(LETTERS.indexOf(letter)));
    return backslash + 2;
  }

  /** Returns the octets that pairs of hexadecimal digits stand for. */
  public static Body ofHex(String digits) {
    byte[] octets = new byte[digits.length() / 2];
    if (digits.length() % 2 != 0) {
      throw new CaseFormatException("hex must have two digits for each octet: " + digits);
    }
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) hex(digits.substring(2 * i, 2 * i + 2));
    }
    return Body.of(octets);
  }

  private static int hex(String pair) {
    int high = Character.digit(pair.charAt(0), 16);
    int low = Character.digit(pair.charAt(1), 16);
    if (high < 0 || low < 0) {
      throw new CaseFormatException("these are not two hexadecimal digits: " + pair);
    }
    return high << 4 | low;
  }

  /** Returns octets in quotes. */
  public static String shown(Body octets) {
    return shown(new String(octets.toBytes(), StandardCharsets.ISO_8859_1), "\\x%02x");
  }

  /** Returns text in quotes. */
  public static String shown(String text) {
    return shown(text, "\\u%04x");
  }

  private static String shown(String text, String format) {
    StringBuilder shown = new StringBuilder("\"");
    int next;
    for (int i = 0; i < text.length(); i = next) {
      char c = text.charAt(i);
      next = i + 1;
      while (next < text.length() && text.charAt(next) == c) {
        next++;
      }
      if (next - i > LONGEST_RUN) {
        shown.append("...").append(next - i).append(" times ").append(one(c, format)).append("...");
      } else {
        shown.append(one(c, format).repeat(next - i));
      }
    }
    return shown.append('"').toString();
  }

  private static String one(char c, String format) {
    int meaning = MEANINGS.indexOf(c);
    if (meaning >= 0) {
      return "\\" + LETTERS.charAt(meaning);
    }
    return c >= ' ' && c < 0x7f ? String.valueOf(c) : String.format(format, (int) c);
  }
}
