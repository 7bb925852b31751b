package io.stompbox.client.transport;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * Reads as much of a transport as is there, so that heads of a few octets cost no call each. Idle
 * connections hold little: the buffer is large only once a read has filled the small one. For one
 * thread.
 */
final class ReadAhead extends InputStream {
  private static final int SMALL = 8 * 1024;
  private static final int LARGE = 64 * 1024;

  private final Transport transport;
  private byte[] buffer = new byte[SMALL];
  private int next;
  private int limit;

  ReadAhead(Transport transport) {
    this.transport = transport;
  }

  @Override
  public int read() throws IOException {
    return next < limit || fill() ? buffer[next++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (next == limit && !fill()) {
      return -1;
    }
    int count = Math.min(length, limit - next);
    System.arraycopy(buffer, next, target, offset, count);
    next += count;
    return count;
  }

  /** How many octets can be read without waiting. */
  @Override
  public int available() {
    return limit - next;
  }

  /** Returns the octet that comes behind {@code index} others, which has to be here. */
  int peek(int index) {
    return buffer[next + index] & 0xff;
  }

  /** Waits for octets; false at the end. */
  private boolean fill() throws IOException {
    if (limit == SMALL && buffer.length == SMALL) {
      buffer = new byte[LARGE];
    }
    int count = transport.read(buffer, 0, buffer.length);
    next = 0;
    limit = Math.max(0, count);
    return count > 0;
  }
}
