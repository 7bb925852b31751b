package io.stompbox.client;

import io.stompbox.protocol.frame.Version;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values as they stand in settings. What can't be read is refused with what is wanted instead. */
final class SettingText {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)(ms|s|m|h)");
  private static final Map<String, Integer> MILLIS =
      Map.of("ms", 1, "s", 1000, "m", 60_000, "h", 3_600_000);
  private static final Pattern SIZE = Pattern.compile("(\\d{1,12})(|KiB|MiB|GiB)");
  private static final Map<String, Integer> SHIFTS = Map.of("", 0, "KiB", 10, "MiB", 20, "GiB", 30);
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
  private static final Pattern DECIMAL = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

  /** A comma would end an option of a URI. */
  private static final Pattern BETWEEN = Pattern.compile("[,/]");

  private SettingText() {}

  static Duration duration(String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    Matcher form = DURATION.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("it must be a duration such as 500ms, 1.5s, 2m or 1h");
    }
    BigDecimal unit = BigDecimal.valueOf(MILLIS.getOrDefault(form.group(2), 1));
    return Duration.ofMillis(new BigDecimal(form.group(1)).multiply(unit).longValue());
  }

  /** As {@link #duration}, in whole milliseconds, as heart-beats have it. */
  static int millis(String text) {
    return (int) Math.min(Integer.MAX_VALUE, duration(text).toMillis());
  }

  static long size(String text) {
    Matcher form = SIZE.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "it must be a number of octets such as 1000, 64KiB, 16MiB or 1GiB");
    }
    long number = Long.parseLong(form.group(1));
    int shift = SHIFTS.getOrDefault(form.group(2), 0);
    if (number > Long.MAX_VALUE >> shift) {
      throw new IllegalArgumentException("it must be less than 8589934592GiB");
    }
    return number << shift;
  }

  /** As {@link #size}, of what has to fit into one array. */
  static int arraySize(String text) {
    long size = size(text);
    if (size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("it must be less than 2GiB");
    }
    return (int) size;
  }

  static int number(String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException("it must be a whole number");
    }
    return Integer.parseInt(text);
  }

  static double decimal(String text) {
    if (!DECIMAL.matcher(text).matches()) {
      throw new IllegalArgumentException("it must be a number such as 1.5");
    }
    return Double.parseDouble(text);
  }

  static boolean bool(String text) {
    return oneOf(Map.of("true", true, "false", false), text);
  }

  static Set<Version> versions(String text) {
    Set<Version> versions = EnumSet.noneOf(Version.class);
    for (String part : BETWEEN.split(text, -1)) {
      versions.add(
          Version.of(part.strip())
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "it must be some of 1.0, 1.1 and 1.2, with a slash between them")));
    }
    return versions;
  }

  /** Returns the constant of an enum whose name is written as the text, in small letters. */
  static <E extends Enum<E>> E word(Class<E> type, String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> small(constant).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "it must be one of "
                        + Arrays.stream(type.getEnumConstants()).map(SettingText::small).toList()));
  }

  private static String small(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static <T> T oneOf(Map<String, T> words, String text) {
    T found = words.get(text);
    if (found == null) {
      throw new IllegalArgumentException(
          "it must be one of " + words.keySet().stream().sorted().toList());
    }
    return found;
  }
}
