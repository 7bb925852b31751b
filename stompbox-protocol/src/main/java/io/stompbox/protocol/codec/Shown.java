package io.stompbox.protocol.codec;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Octets of a peer as they may stand in a message: short, and visible ASCII only. */
final class Shown {
  /** Octets that are shown; of more their number is. */
  private static final int MOST = 40;

  private Shown() {}

  static String text(byte[] octets, int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < Math.min(to, from + MOST); i++) {
      text.append(octet(octets[i]));
    }
    return to - from > MOST ? text + "... (" + (to - from) + " octets)" : text.toString();
  }

  /**
   * Shows a line in quotes up to its first colon: what follows may be the value of a passcode
   * header that lost its frame.
   */
  static String upToColon(byte[] line, int from, int to) {
    int colon = ByteScan.indexOf(line, from, to, (byte) ':');
    return colon < 0 ? "'" + text(line, from, to) + "'" : "'" + text(line, from, colon) + ":...'";
  }

  static String text(String value) {
    byte[] octets = value.getBytes(StandardCharsets.UTF_8);
    return text(octets, 0, octets.length);
  }

  static String octet(byte octet) {
    return octet >= ' ' && octet < 0x7f
        ? String.valueOf((char) octet)
        : "\\x" + HexFormat.of().toHexDigits(octet);
  }
}
