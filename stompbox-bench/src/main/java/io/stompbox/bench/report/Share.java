package io.stompbox.bench.report;

/** A part of what another needs, such as a half of it. */
public record Share(int numerator, int denominator) {
  public double value() {
    return (double) numerator / denominator;
  }

  @Override
  public String toString() {
    return numerator + "/" + denominator;
  }
}
