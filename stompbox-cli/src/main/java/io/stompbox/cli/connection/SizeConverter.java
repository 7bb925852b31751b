package io.stompbox.cli.connection;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Numbers of octets as people write them: {@code 4096}, {@code 64KiB}, {@code 1.5MiB}. */
public final class SizeConverter implements ITypeConverter<Integer> {
  private static final Pattern FORM =
      Pattern.compile("(\\d{1,10}(?:\\.\\d{1,3})?)(B|KiB|MiB|GiB)?");
  private static final int KIB = 1024;
  private static final Map<String, Integer> UNITS =
      Map.of("B", 1, "KiB", KIB, "MiB", KIB * KIB, "GiB", KIB * KIB * KIB);

  @Override
  public Integer convert(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is not a size; write for example 4096, 64KiB or 1MiB");
    }
    int unit = form.group(2) == null ? 1 : UNITS.getOrDefault(form.group(2), 1);
    BigDecimal octets = new BigDecimal(form.group(1)).multiply(BigDecimal.valueOf(unit));
    if (octets.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0) {
      throw new TypeConversionException("'" + text + "' is too large; it must be below 2GiB");
    }
    return octets.intValue();
  }

  /** Writes a size as it may be given, rounded to a tenth: {@code 8B}, {@code 1.5KiB}. */
  public static String text(long octets) {
    if (octets < KIB) {
      return octets + "B";
    }
    boolean isSmall = octets < (long) KIB * KIB;
    double number = octets / (isSmall ? (double) KIB : (double) KIB * KIB);
    String digits = String.format(Locale.ROOT, "%.1f", number);
    String plain = digits.endsWith(".0") ? digits.substring(0, digits.length() - 2) : digits;
    return plain + (isSmall ? "KiB" : "MiB");
  }
}
