package io.stompbox.cli.message;

import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How often something is done at most.
 *
 * @param intervalNanos between the beginnings of two; 0 for no limit
 */
record Rate(long intervalNanos) {
  static final Rate UNLIMITED = new Rate(0);

  /** Waits until it is time for what has the number {@code index}, from 0. */
  void await(long start, long index) throws InterruptedException {
    if (intervalNanos > 0) {
      long wait = start + index * intervalNanos - System.nanoTime();
      TimeUnit.NANOSECONDS.sleep(wait);
    }
  }

  /** Reads {@code 100/s}, {@code 6/m} and {@code 100}, which is in a second. */
  static final class Converter implements ITypeConverter<Rate> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)(?:/(s|m|h))?");

    @Override
    public Rate convert(String text) {
      Matcher form = FORM.matcher(text);
      double number = form.matches() ? Double.parseDouble(form.group(1)) : 0;
      if (number <= 0) {
        throw new TypeConversionException(
            "'" + text + "' is not a rate; write for example 100/s or 6/m");
      }
      return new Rate(Math.round(nanos(form.group(2)) / number));
    }

    private static double nanos(String unit) {
      return "h".equals(unit) ? 3600e9 : "m".equals(unit) ? 60e9 : 1e9;
    }
  }
}
