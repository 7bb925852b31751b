package io.stompbox.checks.conformance.commands;

import io.stompbox.checks.conformance.kit.CaseFormatException;
import io.stompbox.protocol.frame.Body;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * A call in the notation of the cases of stomp.py: Python's, with the words BACKSLASH, LF, CR and
 * NUL for characters that are hard to see, and {@code bytes a NUL b} for octets.
 *
 * <p>Values are String, Long, Boolean, {@link Body}, List, Map, or null for none.
 */
final class PythonCall {
  private static final Map<String, String> WORDS =
      Map.of("BACKSLASH", "\\", "LF", "\n", "CR", "\r", "NUL", "\0");

  private final String text;
  private int at;

  private final List<@Nullable Object> positional = new ArrayList<>();
  private final Map<String, @Nullable Object> named = new LinkedHashMap<>();

  private PythonCall(String text) {
    this.text = text;
  }

  /**
   * A call.
   *
   * @param positional the arguments without a name
   * @param named the others
   */
  record Parsed(
      String name, List<@Nullable Object> positional, Map<String, @Nullable Object> named) {}

  static Parsed parse(String text) {
    PythonCall call = new PythonCall(text);
    String name = call.word();
    call.expect('(');
    while (!call.skips(')')) {
      call.argument();
      call.skips(',');
    }
    call.blanks();
    if (call.at != text.length()) {
      throw call.complaint("the end of the call");
    }
    return new Parsed(name, call.positional, call.named);
  }

  private void argument() {
    blanks();
    int start = at;
    String name = word();
    if (!name.isEmpty() && skips('=')) {
      named.put(name, value());
    } else {
      at = start;
      positional.add(value());
    }
  }

  private @Nullable Object value() {
    blanks();
    char first = at < text.length() ? text.charAt(at) : ' ';
    if (first == '\'' || first == '"') {
      return words(string(first));
    }
    if (skips('{')) {
      return map();
    }
    if (skips('(')) {
      return list(')');
    }
    if (skips('[')) {
      return list(']');
    }
    String word = word();
    if (word.equals("bytes")) {
      return octets();
    }
    return literal(word);
  }

  private @Nullable Object literal(String word) {
    if (word.matches("-?[0-9]+")) {
      return Long.valueOf(word);
    }
    return switch (word) {
      case "none", "None" -> null;
      case "True", "true" -> true;
      case "False", "false" -> false;
      case "" -> throw complaint("a value");
      default -> word;
    };
  }

  private String string(char quote) {
    StringBuilder string = new StringBuilder();
    at++;
    while (at < text.length() && text.charAt(at) != quote) {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
        string.append(meaning(text.charAt(at)));
      } else {
        string.append(text.charAt(at));
      }
      at++;
    }
    expect(quote);
    return string.toString();
  }

  private static String meaning(char escaped) {
    return switch (escaped) {
      case 'n' -> "\n";
      case 'r' -> "\r";
      case 't' -> "\t";
      case '0' -> "\0";
      case '\\', '\'', '"' -> String.valueOf(escaped);
      default -> "\\" + escaped;
    };
  }

  /** A word for a character takes the blanks around it with it. */
  private static String words(String string) {
    String replaced = string;
    for (Map.Entry<String, String> word : WORDS.entrySet()) {
      replaced =
          replaced.replaceAll(
              " ?\\b" + word.getKey() + "\\b ?", Matcher.quoteReplacement(word.getValue()));
    }
    return replaced;
  }

  private Body octets() {
    int end = at;
    while (end < text.length() && ",)".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    String octets = words(text.substring(at, end).strip());
    at = end;
    return Body.of(octets.getBytes(StandardCharsets.ISO_8859_1));
  }

  private Map<String, @Nullable Object> map() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    while (!skips('}')) {
      Object name = value();
      expect(':');
      map.put(String.valueOf(name), value());
      skips(',');
    }
    return map;
  }

  private List<@Nullable Object> list(char end) {
    List<@Nullable Object> list = new ArrayList<>();
    while (!skips(end)) {
      list.add(value());
      skips(',');
    }
    return list;
  }

  private String word() {
    blanks();
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || "_-".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    return text.substring(start, at);
  }

  private boolean skips(char c) {
    blanks();
    boolean found = at < text.length() && text.charAt(at) == c;
    at += found ? 1 : 0;
    return found;
  }

  private void expect(char c) {
    if (!skips(c)) {
      throw complaint("'" + c + "'");
    }
  }

  private void blanks() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private CaseFormatException complaint(String wanted) {
    return new CaseFormatException(
        "at " + at + " of the call there should be " + wanted + ": " + text);
  }
}
