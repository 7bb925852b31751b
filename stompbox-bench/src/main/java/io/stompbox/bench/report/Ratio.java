package io.stompbox.bench.report;

import java.util.Locale;

/** What one needs beside what another needs. */
public record Ratio(double own, double other) {
  /** Returns how many times the other's need the own is; less than 1 if it needs less. */
  public double value() {
    return own / other;
  }

  /** Returns it as people say it: {@code 1/3.50}, or {@code 2.10 times} if it is more than one. */
  @Override
  public String toString() {
    return value() <= 1
        ? String.format(Locale.ROOT, "1/%.2f", 1 / value())
        : String.format(Locale.ROOT, "%.2f times", value());
  }
}
