package io.stompbox.client.transport;

import java.io.IOException;
import java.time.Duration;

/**
 * A two-way stream of octets to one broker. It is made closed, opened once, and closed once or
 * more.
 *
 * <p>One thread reads while another writes; {@link #close()} may come from any thread at any time
 * and ends both, and {@link #open} too. None of them is ever interrupted by Stompbox.
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

  /** Ends the connection at once, without waiting for the other side. */
  @Override
  void close();
}
