package io.stompbox.cli.bench;

import io.stompbox.cli.connection.SizeConverter;
import io.stompbox.cli.process.Failure;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What messages are and how often they are due: the options of all benches that send. */
final class LoadOptions {
  private static final int MOST_OCTETS = 64 * 1024 * 1024;

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = "How large each body is, such as 100 or 4KiB. Default: 100")
  private int size = 100;

  @Option(
      names = "--rate",
      paramLabel = "N/s",
      converter = RateConverter.class,
      description =
          "How many messages a second are due, of all producers together. "
              + "Default: as fast as possible")
  private double rate;

  @Option(
      names = "--persistent",
      description = "Ask the broker to store the messages (persistent:true).")
  private boolean persistent;

  int size() {
    if (size > MOST_OCTETS) {
      throw Failure.usage(
          "--size must be at most "
              + SizeConverter.text(MOST_OCTETS)
              + ": "
              + SizeConverter.text(size));
    }
    return size;
  }

  /** Messages a second; 0 for as fast as possible. */
  double rate() {
    return rate;
  }

  boolean isPersistent() {
    return persistent;
  }

  /** Reads {@code 100} and {@code 100/s}. */
  static final class RateConverter implements ITypeConverter<Double> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,8}(?:\\.\\d{1,3})?)(?:/s)?");

    @Override
    public Double convert(String text) {
      Matcher form = FORM.matcher(text);
      double number = form.matches() ? Double.parseDouble(form.group(1)) : 0;
      if (number <= 0) {
        throw new TypeConversionException("'" + text + "' is not a rate; write for example 100/s");
      }
      return number;
    }
  }
}
