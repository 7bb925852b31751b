package io.stompbox.client;

import java.io.InputStream;
import java.util.function.IntUnaryOperator;

/** A stream that is read in pieces only, as bodies are. */
final class InPieces extends InputStream {
  private final Reading reading;

  private interface Reading {
    int read(byte[] octets, int offset, int length);
  }

  private InPieces(Reading reading) {
    this.reading = reading;
  }

  /** Gives one octet at a time, asked for by its index; -1 ends the stream. */
  static InputStream octetByOctet(IntUnaryOperator octets) {
    int[] count = {0};
    return new InPieces(
        (target, offset, length) -> {
          int octet = octets.applyAsInt(count[0]++);
          target[offset] = (byte) octet;
          return octet < 0 ? -1 : 1;
        });
  }

  /** Says that it has read what {@code read} makes of the length it was asked for. */
  static InputStream claiming(IntUnaryOperator read) {
    return new InPieces((target, offset, length) -> read.applyAsInt(length));
  }

  @Override
  public int read() {
    throw new AssertionError("it is read in pieces");
  }

  @Override
  public int read(byte[] octets, int offset, int length) {
    return reading.read(octets, offset, length);
  }
}
