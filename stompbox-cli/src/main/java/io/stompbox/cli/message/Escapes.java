package io.stompbox.cli.message;

import java.util.Map;
import java.util.Optional;

/** Characters that are hard to type: {@code \n}, {@code \r}, {@code \t}, {@code \0}, {@code \\}. */
final class Escapes {
  private static final Map<Character, Character> MEANINGS =
      Map.of('n', '\n', 'r', '\r', 't', '\t', '0', '\0', '\\', '\\');

  private Escapes() {}

  /** Returns what the character behind a backslash stands for; empty if it is no escape. */
  static Optional<Character> meaning(char letter) {
    return Optional.ofNullable(MEANINGS.get(letter));
  }

  /** Returns the text that escapes stand for. A backslash before anything else is itself. */
  static String undo(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      Optional<Character> meaning =
          c == '\\' && i + 1 < text.length() ? meaning(text.charAt(i + 1)) : Optional.empty();
      plain.append(meaning.orElse(c).charValue());
      i += meaning.isPresent() ? 1 : 0;
    }
    return plain.toString();
  }
}
