package io.stompbox.bench.report;

/** A part of what another needs, such as a half of it. */
public record Share(int numerator, int denominator) {
  /** Returns it as a number: 0.5 for a half. */
  public double value() {
    return (double) numerator / denominator;
  }

  @Override
  public String toString() {
    return numerator + "/" + denominator;
  }
}
