package io.stompbox.testkit.script;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a line at spaces. Quotes keep spaces and know escapes: {@code \n \r \t \0 \" \\} and
 * {@code \xHH} for any octet. {@code #} at the beginning of a word starts a comment.
 */
final class Words {
  private final ScriptLine line;
  private final String text;

  /** Where reading has come to. */
  private int at;

  Words(ScriptLine line) {
    this.line = line;
    this.text = line.text();
  }

  List<Word> split() {
    List<Word> words = new ArrayList<>();
    skipSpaces();
    while (at < text.length() && text.charAt(at) != '#') {
      words.add(word());
      skipSpaces();
    }
    return words;
  }

  private void skipSpaces() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private Word word() {
    StringBuilder word = new StringBuilder();
    boolean quoted = text.charAt(at) == '"';
    int colon = -1;
    while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
      char next = text.charAt(at++);
      if (next == '"') {
        readQuoted(word);
      } else {
        colon = next == ':' && colon < 0 ? word.length() : colon;
        word.append(next);
      }
    }
    return new Word(word.toString(), colon, quoted);
  }

  private void readQuoted(StringBuilder word) {
    while (at < text.length() && text.charAt(at) != '"') {
      char next = text.charAt(at++);
      word.append(next == '\\' ? escaped() : next);
    }
    if (at == text.length()) {
      throw new ScriptException(line, text, "a quote that was opened must be closed with \"");
    }
    at++;
  }

  private char escaped() {
    char letter = at < text.length() ? text.charAt(at++) : ' ';
    return switch (letter) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case '0' -> '\0';
      case '"', '\\' -> letter;
      case 'x' -> octet();
      default ->
          throw new ScriptException(
              line, "\\" + letter, "escapes are \\n \\r \\t \\0 \\\" \\\\ and \\xHH");
    };
  }

  /**
   * Octets that are no text by themselves travel in characters of their own until they are sent.
   */
  private char octet() {
    int end = Math.min(at + 2, text.length());
    String digits = text.substring(at, end);
    if (!digits.matches("[0-9a-fA-F]{2}")) {
      throw new ScriptException(line, "\\x" + digits, "\\x takes two hexadecimal digits");
    }
    at = end;
    int octet = Integer.parseInt(digits, 16);
    return (char) (octet < 0x80 ? octet : OCTETS + octet);
  }

  /** The private-use character that stands for octet 0. */
  private static final char OCTETS = '\uF700';

  /** Returns UTF-8, and single octets where {@code \xHH} named them. */
  static byte[] octets(String text) {
    ByteBuffer octets = ByteBuffer.allocate(text.length() * 4);
    for (int i = 0; i < text.length(); i++) {
      char next = text.charAt(i);
      if (next >= OCTETS && next < OCTETS + 0x100) {
        octets.put((byte) (next - OCTETS));
      } else {
        int size = Character.isHighSurrogate(next) && i + 1 < text.length() ? 2 : 1;
        octets.put(utf8(text.substring(i, i + size)));
        i += size - 1;
      }
    }
    byte[] exact = new byte[octets.position()];
    octets.flip().get(exact);
    return exact;
  }

  private static ByteBuffer utf8(String text) {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("half a surrogate pair can't be sent: " + text, e);
    }
  }
}
