package io.stompbox.protocol.codec;

import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Header names and values as octets of a line: undoes escapes and checks UTF-8. */
final class HeaderText {
  private HeaderText() {}

  /** Appends [from, to) to {@code target} with escapes undone. */
  static void unescape(
      byte[] line, int from, int to, Dialect.Escapes escapes, Octets target, String where) {
    int at = from;
    while (at < to) {
      int backslash = ByteScan.indexOf(line, at, to, (byte) '\\');
      if (backslash < 0) {
        target.append(line, at, to);
        return;
      }
      target.append(line, at, backslash);
      int meant = backslash + 1 < to ? meaning(line[backslash + 1], escapes) : -1;
      if (meant >= 0) {
        target.append((byte) meant);
        at = backslash + 2;
      } else if (escapes == Dialect.Escapes.FORGIVING) {
        target.append((byte) '\\');
        at = backslash + 1;
      } else {
        throw undefined(line, backslash, to, escapes, where);
      }
    }
  }

  private static int meaning(byte letter, Dialect.Escapes escapes) {
    return switch (letter) {
      case '\\' -> '\\';
      case 'c' -> ':';
      case 'n' -> '\n';
      case 'r' -> escapes == Dialect.Escapes.V1_1 ? -1 : '\r';
      default -> -1;
    };
  }

  private static ProtocolException undefined(
      byte[] line, int backslash, int to, Dialect.Escapes escapes, String where) {
    String found =
        backslash + 1 < to
            ? "the escape '\\" + Shown.octet(line[backslash + 1]) + "'"
            : "a backslash at its end";
    String allowed = escapes == Dialect.Escapes.V1_1 ? "\\\\ \\n \\c" : "\\\\ \\n \\r \\c";
    return new ProtocolException(
        Fault.UNDEFINED_ESCAPE, where + " has " + found + "; defined are " + allowed);
  }

  static void checkUtf8(byte[] line, int from, int to, String where) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line, from, to - from));
    } catch (CharacterCodingException e) {
      throw new ProtocolException(
          Fault.BAD_UTF8, where + " is not UTF-8: " + Shown.text(line, from, to));
    }
  }
}
