package io.stompbox.cli.process;

import java.util.regex.Pattern;

/**
 * The text of others as people may see it. Characters that a terminal would take for commands, or
 * that let text be read in another order than it is written, become question marks.
 */
public final class Printable {
  /** Those that {@code \p{Cf}} has besides are harmless, and needed to write some languages. */
  private static final String DIRECTIONS = "\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069";

  private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}" + DIRECTIONS + "&&[^\\t\\n]]");
  private static final Pattern UNSAFE_IN_A_LINE =
      Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}" + DIRECTIONS + "]");

  private Printable() {}

  /** Returns text that may have several lines, and tabs. */
  public static String text(String text) {
    return UNSAFE.matcher(text).replaceAll("?");
  }

  /** Returns text without its middle where it is longer than {@code most} characters. */
  public static String excerpt(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int half = most / 2;
    return text.substring(0, half) + " ... " + text.substring(text.length() - half);
  }

  /** Returns text that is one line, so that it can't pass for several. */
  public static String line(String text) {
    return UNSAFE_IN_A_LINE.matcher(text).replaceAll("?");
  }
}
