package io.stompbox.checks.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Takes decisions from octets: the same octets, the same decisions. All are 0, no or empty once the
 * octets have run out, so every array is a whole input.
 */
final class Choices {
  private final byte[] octets;
  private int at;

  Choices(byte[] octets) {
    this.octets = octets;
  }

  boolean isOver() {
    return at >= octets.length;
  }

  /** From 0 to 255. */
  int octet() {
    return isOver() ? 0 : octets[at++] & 0xff;
  }

  /** From 0 to {@code bound} - 1; {@code bound} is at most 256. */
  int below(int bound) {
    return octet() % bound;
  }

  boolean yes() {
    return below(2) == 1;
  }

  /** One of {@code values}, the first if the octets have run out. */
  @SafeVarargs
  final <T> T of(T... values) {
    return values[below(values.length)];
  }

  <T> T of(List<T> values) {
    return values.get(below(values.size()));
  }

  /** Any number of 32 bits. */
  int number() {
    return (octet() << 24) | (octet() << 16) | (octet() << 8) | octet();
  }

  /** Any number of 64 bits. */
  long large() {
    return ((long) number() << 32) | (number() & 0xffffffffL);
  }

  /** Text of at most {@code most} octets, sometimes with halves of surrogate pairs. */
  String text(int most) {
    int length = below(2 * most);
    return length < most
        ? new String(octets(length), StandardCharsets.UTF_8)
        : new String(octets(length - most), StandardCharsets.UTF_16BE);
  }

  /** At most {@code most} octets. */
  byte[] octets(int most) {
    byte[] taken = Arrays.copyOfRange(octets, at, Math.min(octets.length, at + most));
    at += taken.length;
    return taken;
  }

  /** What no decision was taken from. */
  byte[] rest() {
    return octets(octets.length);
  }
}
