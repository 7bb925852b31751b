package io.stompbox.protocol.codec;

import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Header names and values as octets of a line: undoes escapes and checks UTF-8. */
final class HeaderText {
  private HeaderText() {}

  /**
   * Appends [from, to) to {@code target} with escapes undone.
   *
   * @return -1, or the index of the backslash of an undefined escape, where this stopped
   */
  static int unescape(byte[] line, int from, int to, Dialect.Escapes escapes, Octets target) {
    int at = from;
    while (at < to) {
      int backslash = ByteScan.indexOf(line, at, to, (byte) '\\');
      if (backslash < 0) {
        target.append(line, at, to);
        return -1;
      }
      target.append(line, at, backslash);
      int meant = backslash + 1 < to ? meaning(line[backslash + 1], escapes) : -1;
      if (meant >= 0) {
        target.append((byte) meant);
        at = backslash + 2;
      } else if (escapes.areForgiving()) {
        target.append((byte) '\\');
        at = backslash + 1;
      } else {
        return backslash;
      }
    }
    return -1;
  }

  /** Whether a backslash and this letter mean something. */
  static boolean isDefined(byte letter, Dialect.Escapes escapes) {
    return meaning(letter, escapes) >= 0;
  }

  private static int meaning(byte letter, Dialect.Escapes escapes) {
    return switch (letter) {
      case '\\' -> '\\';
      case 'c' -> ':';
      case 'n' -> '\n';
      case 'r' -> escapes.haveCarriageReturn() ? '\r' : -1;
      default -> -1;
    };
  }

  static ProtocolException undefinedEscape(
      byte[] line, int backslash, int to, Dialect.Escapes escapes, String where) {
    String found =
        backslash + 1 < to
            ? "the escape '\\" + Shown.octet(line[backslash + 1]) + "'"
            : "a backslash at its end";
    String allowed = escapes.haveCarriageReturn() ? "\\\\ \\n \\r \\c" : "\\\\ \\n \\c";
    return new ProtocolException(
        Fault.UNDEFINED_ESCAPE, where + " has " + found + "; defined are " + allowed);
  }

  /** Whether a character, or an octet, is one that pads values and numbers. */
  static boolean isPadding(int c) {
    return c == ' ' || c == '\t' || c == '\r';
  }

  static boolean isUtf8(byte[] line, int from, int to) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line, from, to - from));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
