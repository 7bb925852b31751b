package io.stompbox.cli.connection;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as people write them: {@code 300ms}, {@code 1.5s}, {@code 2m}, {@code 1h}. */
public final class DurationConverter implements ITypeConverter<Duration> {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)(ms|s|m|h)");

  /** In seconds it is as long as the form allows. */
  private static final Duration LONGEST = Duration.ofHours(277_777);

  private static final Map<String, Integer> MILLIS =
      Map.of("ms", 1, "s", 1000, "m", 60_000, "h", 3_600_000);

  @Override
  public Duration convert(String text) {
    Duration duration = parse(text);
    if (duration.isZero()) {
      throw new TypeConversionException("'" + text + "' is too short; it must be longer than zero");
    }
    return duration;
  }

  /** As {@link #convert}, but zero is all right. */
  public static Duration parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is not a duration; write for example 500ms, 5s or 2m");
    }
    BigDecimal unit = BigDecimal.valueOf(MILLIS.getOrDefault(form.group(2), 1));
    Duration duration = Duration.ofMillis(new BigDecimal(form.group(1)).multiply(unit).longValue());
    if (duration.compareTo(LONGEST) > 0) {
      throw new TypeConversionException(
          "'" + text + "' is too long; the longest is " + LONGEST.toHours() + "h");
    }
    return duration;
  }

  /** Writes a duration as it may be given: {@code 2s}, {@code 1.5s}, {@code 300ms}. */
  public static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis < 1000) {
      return millis + "ms";
    }
    return BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString() + "s";
  }
}
