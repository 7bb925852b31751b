package io.stompbox.bench.scale;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * A stream of so many octets, NULs among them, that are made while they are read; always the same.
 */
final class MadeOctets extends InputStream {
  private final long length;
  private long position;

  MadeOctets(long length) {
    this.length = length;
  }

  /** Returns their CRC-32C. */
  static long sum(long length) {
    CRC32C sum = new CRC32C();
    try (InputStream octets = new CheckedInputStream(new MadeOctets(length), sum)) {
      octets.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sum.getValue();
  }

  @Override
  public int read() {
    return position == length ? -1 : octet() & 0xff;
  }

  @Override
  public int read(byte[] to, int from, int most) {
    if (position == length && most > 0) {
      return -1;
    }
    int count = (int) Math.min(most, length - position);
    for (int i = 0; i < count; i++) {
      to[from + i] = octet();
    }
    return count;
  }

  /** Blocks of 4 KiB differ, so that one that is lost or comes twice is noticed. */
  private byte octet() {
    byte octet = (byte) (position + 31 * (position >> 12));
    position++;
    return octet;
  }
}
