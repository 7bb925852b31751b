package io.stompbox.testkit;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Where one direction of a proxied connection goes to: collects octets and writes them as fast, as
 * slowly, or in as small pieces as it was told to, or not at all. One thread writes; others may
 * change how.
 */
final class FaultyOutput {
  /** How often a second something is written when octets pass slowly. */
  private static final int PIECES_PER_SECOND = 50;

  private static final int BUFFER = 1024;

  private final Socket target;

  /** What is to be written next, and how much of it there is. Touched by the writing thread. */
  private byte[] next = new byte[BUFFER];

  private int size;

  /** Held while octets are written, so that added ones don't get between others. */
  private final Object writing = new Object();

  private enum Flow {
    /** Octets pass. */
    OPEN,
    /** Octets are read and dropped. */
    SWALLOWING,
    /** Octets are not even read. */
    STOPPED,
    /** There is no connection any more. */
    ENDED
  }

  /** Guarded by this, as all below. */
  private Flow flow = Flow.OPEN;

  private Duration delay = Duration.ZERO;
  private int octetsPerSecond = Integer.MAX_VALUE;
  private int piece = Integer.MAX_VALUE;

  /** Bits of the next octet to turn over. Touched by the writing thread. */
  private int mask;

  FaultyOutput(Socket target) {
    this.target = target;
  }

  void write(byte octet) {
    if (size == next.length) {
      next = Arrays.copyOf(next, 2 * size);
    }
    next[size] = mask == 0 ? octet : flipped(octet);
    size++;
  }

  private byte flipped(byte octet) {
    int bits = mask;
    mask = 0;
    return (byte) (octet ^ bits);
  }

  void write(byte[] octets) {
    for (byte octet : octets) {
      write(octet);
    }
  }

  void flipNext(int bits) {
    mask = bits;
  }

  synchronized void shape(Fault fault) {
    if (fault instanceof Fault.Delay slow) {
      delay = slow.each();
    } else if (fault instanceof Fault.Rate rate) {
      octetsPerSecond = rate.octetsPerSecond();
    } else if (fault instanceof Fault.Split split) {
      piece = split.octets();
    }
  }

  /** Writes what was collected; returns how many octets have passed. */
  int flush() throws IOException, InterruptedException {
    int all = size;
    size = 0;
    if (all == 0 || isSwallowing()) {
      return 0;
    }
    pause(delay().toNanos());
    int at = 0;
    while (at < all && !isSwallowing()) {
      int length = Math.min(pieceSize(), all - at);
      write(next, at, length);
      pause(nanosFor(length));
      at += length;
    }
    return at;
  }

  private void write(byte[] octets, int from, int length) throws IOException {
    synchronized (writing) {
      target.getOutputStream().write(octets, from, length);
    }
  }

  /** Writes octets at once; returns how many. */
  int inject(byte[] octets) throws IOException {
    write(octets, 0, octets.length);
    return octets.length;
  }

  private synchronized Duration delay() {
    return delay;
  }

  private synchronized int pieceSize() {
    return Math.min(piece, Math.max(1, octetsPerSecond / PIECES_PER_SECOND));
  }

  private synchronized long nanosFor(int octets) {
    return octetsPerSecond == Integer.MAX_VALUE
        ? 0
        : TimeUnit.SECONDS.toNanos(1) * octets / octetsPerSecond;
  }

  /** Waits for a while, or until the connection ends. */
  private synchronized void pause(long nanos) throws InterruptedException {
    long start = System.nanoTime();
    long left = nanos;
    while (left > 0 && flow != Flow.ENDED) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = nanos - (System.nanoTime() - start);
    }
  }

  void halfClose() throws IOException {
    swallowAll();
    target.shutdownOutput();
  }

  synchronized void swallowAll() {
    flow = flow == Flow.ENDED ? flow : Flow.SWALLOWING;
  }

  private synchronized boolean isSwallowing() {
    return flow == Flow.SWALLOWING;
  }

  synchronized void stopReading() {
    flow = flow == Flow.ENDED ? flow : Flow.STOPPED;
  }

  /** Waits while nothing is to be read. */
  synchronized void awaitReading() throws InterruptedException, IOException {
    while (flow == Flow.STOPPED) {
      wait();
    }
    if (flow == Flow.ENDED) {
      throw new IOException("the connection has ended");
    }
  }

  /** Lets everything pass again. */
  synchronized void heal() {
    flow = flow == Flow.ENDED ? flow : Flow.OPEN;
    delay = Duration.ZERO;
    octetsPerSecond = Integer.MAX_VALUE;
    piece = Integer.MAX_VALUE;
    notifyAll();
  }

  /** Lets go whoever waits. */
  synchronized void end() {
    flow = Flow.ENDED;
    notifyAll();
  }
}
