package io.stompbox.cli.message;

import static java.util.Map.entry;

import io.stompbox.cli.process.Printable;
import io.stompbox.protocol.frame.Header;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Text with places for parts of a message. Nothing is written between messages but what it has
 * itself.
 */
final class TokenFormat {
  /** What a letter behind a % stands for, but for b, h and %. */
  private static final Map<Character, Function<Received, String>> TOKENS =
      Map.ofEntries(
          entry('d', received -> received.message().destination()),
          entry('i', received -> header(received, "message-id")),
          entry('s', received -> header(received, "subscription")),
          entry('H', TokenFormat::headers),
          entry('t', received -> received.at().toString()),
          entry('n', received -> Long.toString(received.number())),
          entry('l', received -> Integer.toString(received.message().body().size())));

  private final List<Part> parts;

  /** One part of the output. */
  private sealed interface Part {
    record Text(Function<Received, String> text) implements Part {}

    record Body() implements Part {}
  }

  private TokenFormat(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /** All headers, a line each, and an empty line. */
  static TokenFormat headersOnly() {
    return new Converter().convert("%H\\n\\n");
  }

  /**
   * Returns a view that writes it.
   *
   * @param isTerminal whether a terminal must not take it for commands
   */
  MessageView view(boolean isTerminal) {
    return received -> octets(received, isTerminal);
  }

  private byte[] octets(Received received, boolean isTerminal) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    for (Part part : parts) {
      octets.writeBytes(
          part instanceof Part.Text text
              ? utf8(shown(text.text().apply(received), isTerminal))
              : body(received, isTerminal));
    }
    return octets.toByteArray();
  }

  private static byte[] body(Received received, boolean isTerminal) {
    return isTerminal ? utf8(MessageView.shownBody(received)) : received.message().body().toBytes();
  }

  private static String shown(String text, boolean isTerminal) {
    return isTerminal ? Printable.text(text) : text;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String header(Received received, String name) {
    return received.message().headers().value(name).orElse("");
  }

  /** Line feeds of values are escaped, so that a line is a header. */
  private static String headers(Received received) {
    List<String> lines = new ArrayList<>();
    for (Header header : received.message().headers()) {
      lines.add(oneLine(header.name()) + ":" + oneLine(header.value()));
    }
    return lines.stream().collect(Collectors.joining("\n"));
  }

  private static String oneLine(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
  }

  /** Reads the text of {@code -f}. */
  static final class Converter implements ITypeConverter<TokenFormat> {
    private static final String KNOWN =
        "%b body, %d destination, %i message id, %s subscription, %h{NAME}, %H all headers,"
            + " %t time, %n number, %l length, %%";

    @Override
    public TokenFormat convert(String format) {
      return new TokenFormat(new Parsing(format).parts());
    }
  }

  /** One reading of a format from its beginning to its end. */
  private static final class Parsing {
    private final String format;
    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private int position;

    Parsing(String format) {
      this.format = format;
    }

    List<Part> parts() {
      while (position < format.length()) {
        char c = format.charAt(position++);
        switch (c) {
          case '\\' -> readEscape();
          case '%' -> readToken();
          default -> literal.append(c);
        }
      }
      endLiteral();
      return parts;
    }

    private void readEscape() {
      Optional<Character> meaning =
          position < format.length() ? Escapes.meaning(format.charAt(position)) : Optional.empty();
      literal.append(meaning.orElse('\\').charValue());
      position += meaning.isPresent() ? 1 : 0;
    }

    private void readToken() {
      if (position == format.length()) {
        throw unknown("nothing follows the % at the end; write %% for a %");
      }
      char letter = format.charAt(position++);
      if (letter == '%') {
        literal.append('%');
        return;
      }
      endLiteral();
      if (letter == 'b') {
        parts.add(new Part.Body());
      } else if (letter == 'h') {
        String name = readName();
        parts.add(new Part.Text(received -> header(received, name)));
      } else {
        Function<Received, String> text = TOKENS.get(letter);
        if (text == null) {
          throw unknown("'%" + letter + "' at " + (position - 1) + " means nothing");
        }
        parts.add(new Part.Text(text));
      }
    }

    private String readName() {
      int end = format.indexOf('}', position);
      if (end < 0 || format.charAt(position) != '{' || end == position + 1) {
        throw unknown("%h at " + (position - 1) + " needs a name, as in %h{priority}");
      }
      String name = format.substring(position + 1, end);
      position = end + 1;
      return name;
    }

    private static TypeConversionException unknown(String sentence) {
      return new TypeConversionException(sentence + "; known are " + Converter.KNOWN);
    }

    private void endLiteral() {
      if (!literal.isEmpty()) {
        String text = literal.toString();
        parts.add(new Part.Text(received -> text));
        literal.setLength(0);
      }
    }
  }
}
