package io.stompbox.cli.connection;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How often to try again: a number, {@code forever} or {@code never}. */
final class RetryConverter implements ITypeConverter<String> {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  @Override
  public String convert(String text) {
    if (!text.equals("forever") && !text.equals("never")) {
      int ignored = number(text);
    }
    return text;
  }

  static int number(String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw new TypeConversionException("'" + text + "' must be a number, forever or never");
    }
    return Integer.parseInt(text);
  }
}
