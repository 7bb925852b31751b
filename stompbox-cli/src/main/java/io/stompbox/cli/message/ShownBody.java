package io.stompbox.cli.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** A body as it may be shown on a terminal, which would take some octets for commands. */
public final class ShownBody {
  private static final int MOST_OCTETS = 16;
  private static final char REPLACEMENT = '\uFFFD';

  private ShownBody() {}

  /**
   * Returns text as it is, and of anything else its first octets in one line.
   *
   * @param text the octets in the charset of the message; what is no text there is U+FFFD
   */
  public static String of(byte[] octets, String text) {
    return isText(octets, text) ? text : dump(octets);
  }

  private static boolean isText(byte[] octets, String text) {
    boolean isDecoded =
        text.indexOf(REPLACEMENT) < 0
            || Arrays.equals(octets, text.getBytes(StandardCharsets.UTF_8));
    return isDecoded && text.chars().noneMatch(ShownBody::isCommand);
  }

  private static boolean isCommand(int c) {
    return Character.isISOControl(c) && c != '\t' && c != '\n' && c != '\r';
  }

  private static String dump(byte[] octets) {
    int shown = Math.min(MOST_OCTETS, octets.length);
    return "(%d octet%s, not text: %s%s)"
        .formatted(
            octets.length,
            octets.length == 1 ? "" : "s",
            HexFormat.ofDelimiter(" ").formatHex(octets, 0, shown),
            shown < octets.length ? " ..." : "");
  }
}
