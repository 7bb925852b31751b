package io.stompbox.checks.matrix;

import io.stompbox.client.transport.Transport;
import java.io.IOException;
import java.time.Duration;

/** A transport that tells when the client reads and when it writes. */
public final class ObservedTransport implements Transport {
  private final Transport transport;
  private final Runnable onRead;
  private final Runnable onWrite;

  /**
   * Creates one around another.
   *
   * @param onRead runs before each read: what was read before has been taken note of then
   * @param onWrite runs before each write
   */
  public ObservedTransport(Transport transport, Runnable onRead, Runnable onWrite) {
    this.transport = transport;
    this.onRead = onRead;
    this.onWrite = onWrite;
  }

  @Override
  public void open(Duration limit) throws IOException {
    transport.open(limit);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    onRead.run();
    return transport.read(target, offset, length);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    onWrite.run();
    transport.write(source, offset, length);
  }

  @Override
  public void close() {
    transport.close();
  }
}
