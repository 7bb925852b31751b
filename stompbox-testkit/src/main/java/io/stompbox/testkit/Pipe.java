package io.stompbox.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Octets on their way in memory, in one direction: what a socket's two ends and the buffers between
 * them are otherwise. A writer waits while it is full, and a reader while it is empty.
 */
final class Pipe {
  private static final int CAPACITY = 64 * 1024;

  /** How far it has come to its end. */
  private enum State {
    /** Octets may come. */
    OPEN,
    /** The writer has closed it in an orderly way: the reader gets what is left, then the end. */
    ENDED,
    /** Somebody broke it: both sides fail. */
    BROKEN
  }

  /** A ring. Guarded by this, as all below. */
  private final byte[] octets = new byte[CAPACITY];

  private int first;
  private int size;
  private State state = State.OPEN;

  /** How long a reader waits; zero waits for ever. */
  private Duration patience = Duration.ZERO;

  InputStream input() {
    return new Input();
  }

  OutputStream output() {
    return new Output();
  }

  synchronized void patience(Duration limit) {
    patience = limit;
  }

  synchronized Duration patience() {
    return patience;
  }

  /** Ends it behind what was written. */
  synchronized void end() {
    if (state == State.OPEN) {
      state = State.ENDED;
      notifyAll();
    }
  }

  /** Ends it at once, for both sides. */
  synchronized void breakOff() {
    state = State.BROKEN;
    notifyAll();
  }

  private synchronized int read(byte[] target, int offset, int length)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (size == 0 && state == State.OPEN) {
      wait(millisLeft(start));
    }
    checkNotBroken();
    if (size == 0) {
      return -1;
    }
    int count = Math.min(length, size);
    for (int i = 0; i < count; i++) {
      target[offset + i] = octets[first];
      first = (first + 1) % CAPACITY;
    }
    size -= count;
    notifyAll();
    return count;
  }

  /** As {@link Object#wait(long)} takes it: zero waits for ever. */
  private long millisLeft(long start) throws SocketTimeoutException {
    if (patience.isZero()) {
      return 0;
    }
    long left = patience.toNanos() - (System.nanoTime() - start);
    if (left <= 0) {
      throw new SocketTimeoutException("no octet came within " + patience);
    }
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis(left));
  }

  private synchronized void write(byte[] source, int offset, int length)
      throws IOException, InterruptedException {
    for (int i = 0; i < length; i++) {
      while (size == CAPACITY && state == State.OPEN) {
        notifyAll();
        wait();
      }
      if (state == State.ENDED) {
        throw new IOException("the stream was closed");
      }
      checkNotBroken();
      octets[(first + size) % CAPACITY] = source[offset + i];
      size++;
    }
    notifyAll();
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while waiting for the other side");
  }

  private void checkNotBroken() throws IOException {
    if (state == State.BROKEN) {
      throw new IOException("the connection was reset");
    }
  }

  private final class Input extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] octet = new byte[1];
      return read(octet, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(octet[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      try {
        return length == 0 ? 0 : Pipe.this.read(target, offset, length);
      } catch (InterruptedException e) {
        throw interrupted();
      }
    }
  }

  private final class Output extends OutputStream {
    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      try {
        Pipe.this.write(source, offset, length);
      } catch (InterruptedException e) {
        throw interrupted();
      }
    }

    @Override
    public void close() {
      end();
    }
  }
}
