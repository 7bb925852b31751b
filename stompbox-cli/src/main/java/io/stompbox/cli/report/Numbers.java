package io.stompbox.cli.report;

import io.stompbox.cli.report.Section.Unit;
import java.util.Locale;

/** How numbers are written: three digits or so, in the unit that fits. */
public final class Numbers {
  private static final double THOUSAND = 1000;
  private static final double KIB = 1024;

  private Numbers() {}

  public static String text(double value, Unit unit) {
    return switch (unit) {
      case NUMBER -> number(value);
      case MICROSECONDS -> micros(value);
      case SECONDS -> digits(value) + " s";
      case BYTES -> bytes(value);
      case PERCENT -> digits(value) + " %";
    };
  }

  /** Returns a whole number, its thousands apart. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Returns a duration in ns, µs, ms or s. */
  public static String micros(double micros) {
    if (micros > 0 && micros < 1) {
      return digits(micros * THOUSAND) + " ns";
    }
    if (micros < THOUSAND) {
      return digits(micros) + " µs";
    }
    return micros < THOUSAND * THOUSAND
        ? digits(micros / THOUSAND) + " ms"
        : digits(micros / (THOUSAND * THOUSAND)) + " s";
  }

  /** Returns octets in B, KiB, MiB or GiB. */
  public static String bytes(double octets) {
    double value = octets;
    for (String name : new String[] {"B", "KiB", "MiB"}) {
      if (value < KIB) {
        return digits(value) + " " + name;
      }
      value /= KIB;
    }
    return digits(value) + " GiB";
  }

  private static String number(double value) {
    return value >= THOUSAND || value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,.0f", value)
        : digits(value);
  }

  private static String digits(double value) {
    if (value == 0) {
      return "0";
    }
    String form = value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f";
    return String.format(Locale.ROOT, form, value);
  }
}
