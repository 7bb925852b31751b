package io.stompbox.cli.bench;

import java.util.Locale;

/** How microseconds are shown: three digits or so, in the unit that fits. */
final class Micros {
  private Micros() {}

  static String text(double micros) {
    if (micros < 1000) {
      return digits(micros) + " µs";
    }
    return micros < 1_000_000 ? digits(micros / 1000) + " ms" : digits(micros / 1_000_000) + " s";
  }

  private static String digits(double value) {
    String form = value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f";
    return String.format(Locale.ROOT, form, value);
  }
}
