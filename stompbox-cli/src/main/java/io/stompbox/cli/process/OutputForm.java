package io.stompbox.cli.process;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What {@code --output} has: the form of what a command writes to standard output. */
public enum OutputForm {
  /** For people. */
  TEXT,
  /** An object a line. */
  JSON,
  /** Frames as they cross the wire. */
  RAW;

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static OutputForm of(String text, OutputForm... known) {
    return Arrays.stream(known)
        .filter(form -> form.word().equals(text))
        .findFirst()
        .orElseThrow(() -> new TypeConversionException("'" + text + "' must be " + words(known)));
  }

  private static String words(OutputForm... known) {
    List<String> words = Arrays.stream(known).map(OutputForm::word).toList();
    int last = words.size() - 1;
    return String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }

  /** Reads the forms of what is told. */
  public static final class OfReport implements ITypeConverter<OutputForm>, Iterable<String> {
    /** What a shell may complete. */
    @Override
    public Iterator<String> iterator() {
      return List.of(TEXT.word(), JSON.word()).iterator();
    }

    @Override
    public OutputForm convert(String text) {
      return of(text, TEXT, JSON);
    }
  }

  /** Reads the forms of messages. */
  public static final class OfMessage implements ITypeConverter<OutputForm>, Iterable<String> {
    /** What a shell may complete. */
    @Override
    public Iterator<String> iterator() {
      return List.of(TEXT.word(), JSON.word(), RAW.word()).iterator();
    }

    @Override
    public OutputForm convert(String text) {
      return of(text, TEXT, JSON, RAW);
    }
  }
}
