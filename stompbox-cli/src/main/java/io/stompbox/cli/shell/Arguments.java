package io.stompbox.cli.shell;

import io.stompbox.cli.process.Failure;
import io.stompbox.protocol.frame.Header;
import io.stompbox.protocol.frame.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What stands behind a command, taken word by word. Not safe to share between threads. */
final class Arguments {
  private static final String HEADER_OPTION = "-H";
  private static final String AS_IT_IS = "--";

  private final String usage;
  private String rest;

  /**
   * Creates them.
   *
   * @param usage what to tell who leaves something out, such as {@code ack <message-id>}
   */
  Arguments(String usage, String text) {
    this.usage = usage;
    this.rest = text.stripLeading();
  }

  /** Returns the next word; empty at the end. */
  Optional<String> next() {
    if (rest.isEmpty()) {
      return Optional.empty();
    }
    int end = 0;
    while (end < rest.length() && !Character.isWhitespace(rest.charAt(end))) {
      end++;
    }
    String word = rest.substring(0, end);
    rest = rest.substring(end).stripLeading();
    return Optional.of(word);
  }

  /** Returns the next word, which must be there. */
  String word() {
    return next().orElseThrow(this::expecting);
  }

  /** Returns all headers that are given here, each as {@code -H name:value}. */
  List<Header> headers() {
    List<Header> headers = new ArrayList<>();
    while (startsWith(HEADER_OPTION)) {
      rest = rest.substring(HEADER_OPTION.length()).stripLeading();
      headers.add(header());
    }
    return headers;
  }

  /** One with blanks stands between quotes, name and all. */
  private Header header() {
    String text = isQuoted() ? quoted() : word();
    int colon = text.indexOf(':');
    if (colon <= 0) {
      throw Failure.usage("a header must look like name:value", "Expecting: " + usage);
    }
    return new Header(text.substring(0, colon), text.substring(colon + 1));
  }

  private boolean isQuoted() {
    return rest.startsWith("\"") || rest.startsWith("'");
  }

  private String quoted() {
    int end = rest.indexOf(rest.charAt(0), 1);
    if (end < 0) {
      throw Failure.usage("the quote is not closed: " + rest.charAt(0));
    }
    String text = rest.substring(1, end);
    rest = rest.substring(end + 1).stripLeading();
    return text;
  }

  /**
   * Returns the text that ends the line, which must be there: its words joined by one blank, or
   * behind {@code --} as it was typed.
   */
  String text() {
    if (startsWith(AS_IT_IS)) {
      rest = rest.substring(AS_IT_IS.length()).stripLeading();
    } else {
      rest = rest.replaceAll("\\s+", " ").strip();
    }
    if (rest.isEmpty()) {
      throw expecting();
    }
    return rest;
  }

  private boolean startsWith(String word) {
    return rest.startsWith(word)
        && (rest.length() == word.length() || Character.isWhitespace(rest.charAt(word.length())));
  }

  /** Checks that nothing is left. */
  void end() {
    if (!rest.isBlank()) {
      throw expecting();
    }
  }

  /** Returns the failure for a line of another form. */
  Failure expecting() {
    return Failure.usage("Expecting: " + usage);
  }

  /** Whether a line has a header whose value nobody else should see. */
  static boolean hasSecret(@Nullable String line) {
    Arguments arguments = new Arguments("", line == null ? "" : line);
    for (var word = arguments.next(); word.isPresent(); word = arguments.next()) {
      if (word.get().equals(HEADER_OPTION) && hidesNext(arguments)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hidesNext(Arguments arguments) {
    String name = arguments.next().orElse("").replaceAll("[\"']", "").replaceAll(":.*", "");
    Headers headers = Headers.of(name, "value");
    return !headers.masked().equals(headers);
  }
}
