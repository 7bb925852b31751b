package io.stompbox.client.transport;

import java.io.IOException;
import java.time.Duration;

/**
 * A two-way stream of octets to one broker. It is made closed, opened once, and closed once or
 * more.
 *
 * <p>One thread reads while another writes; {@link #close()} may come from any thread at any time
 * and ends both, and {@link #open} too. Stompbox interrupts none of them.
 */
public interface Transport extends AutoCloseable {
  /**
   * Connects, TLS included.
   *
   * @param limit how long this may take in all
   * @throws IOException if it fails, takes longer, or the transport was closed
   */
  void open(Duration limit) throws IOException;

  /**
   * Waits for octets and reads some.
   *
   * @return how many were read, or -1 if the broker has closed its side
   */
  int read(byte[] target, int offset, int length) throws IOException;

  /** Writes all octets of the range; they have been handed to the network when it returns. */
  void write(byte[] source, int offset, int length) throws IOException;

  /**
   * Whether interrupting a platform thread in {@link #write} neither ends the connection nor cuts
   * what is written. A thread of the program that sends, and finds nothing else to be written, then
   * writes by itself, which saves waking another one; only one writes at a time. False unless
   * overridden: all writes come from a thread that nobody interrupts.
   */
  default boolean ignoresInterrupts() {
    return false;
  }

  /** Ends the connection at once, without waiting for the other side. */
  @Override
  void close();
}
