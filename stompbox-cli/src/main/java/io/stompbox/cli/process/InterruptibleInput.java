package io.stompbox.cli.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose reader can be interrupted, which standard input does not allow: another thread
 * reads, ahead of the reader by half a megabyte at most. Interrupting throws {@link
 * InterruptedIOException}. For one thread at a time; what was read ahead is gone for others.
 */
public final class InterruptibleInput extends InputStream {
  private static final int CHUNK = 1 << 16;
  private static final int AHEAD = 8;
  private static final byte[] END = {};

  /** What a signal may take to become an interrupt. */
  static final long SIGNAL_MILLIS = 50;

  private final InputStream source;
  private final BlockingQueue<byte[]> chunks = new ArrayBlockingQueue<>(AHEAD);

  /** Null until the first octet is asked for, so that nothing is taken that nobody wants. */
  private @Nullable Thread reader;

  /** Written before the end is put into chunks, read after it was taken. */
  private @Nullable Throwable failure;

  private byte[] current = END;
  private int position;
  private boolean isAtEnd;

  /** How long an interrupt is waited for at the end, in milliseconds. */
  private final long graceMillis;

  /**
   * Reads from there. Ctrl-C ends all programs of a pipeline: where {@code source} is standard
   * input, an interrupt that comes right behind its end is thrown instead, as the end is that of
   * nothing whole.
   */
  public InterruptibleInput(InputStream source) {
    this(source, source.equals(System.in) ? SIGNAL_MILLIS : 0);
  }

  InterruptibleInput(InputStream source, long graceMillis) {
    this.source = source;
    this.graceMillis = graceMillis;
  }

  @Override
  public int read() throws IOException {
    return hasMore() ? current[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (!hasMore()) {
      return -1;
    }
    int count = Math.min(length, current.length - position);
    System.arraycopy(current, position, target, offset, count);
    position += count;
    return count;
  }

  @Override
  public int available() {
    return current.length - position;
  }

  private boolean hasMore() throws IOException {
    if (position == current.length && !isAtEnd) {
      take();
    }
    return position < current.length;
  }

  private void take() throws IOException {
    if (reader == null) {
      reader = new Thread(this::readAhead, "stompbox-input");
      reader.setDaemon(true);
      reader.start();
    }
    try {
      current = chunks.take();
      if (current.length == 0) {
        Thread.sleep(graceMillis);
      }
    } catch (InterruptedException e) {
      throw new InterruptedIOException("interrupted while waiting for input");
    }
    position = 0;
    isAtEnd = current.length == 0;
    if (failure != null && isAtEnd) {
      rethrow(failure);
    }
  }

  private static void rethrow(Throwable failure) throws IOException {
    if (failure instanceof Error error) {
      throw error;
    }
    throw failure instanceof IOException e ? e : new IOException(failure);
  }

  private void readAhead() {
    try {
      byte[] chunk = new byte[CHUNK];
      for (int count = source.read(chunk); count >= 0; count = source.read(chunk)) {
        if (count > 0) {
          chunks.put(Arrays.copyOf(chunk, count));
        }
      }
    } catch (InterruptedException e) {
      return;
    } catch (Throwable e) {
      // Whatever it is, the end must come: somebody waits for it.
      failure = e;
    }
    try {
      chunks.put(END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets the other thread go; it may stay in a read that can't be interrupted. */
  @Override
  public void close() {
    if (reader != null) {
      reader.interrupt();
    }
  }
}
