package io.stompbox.checks.invariants;

import io.stompbox.client.transport.Transport;
import java.io.IOException;
import java.time.Duration;

/** One physical connection whose frames are looked at on their way. */
public final class TappedTransport implements Transport {
  private final Transport transport;
  private final FrameTap received;
  private final FrameTap sent;
  private final Runnable ended;

  /**
   * Creates one that is not open yet.
   *
   * @param ended runs at each end of the stream and each close, of which there may be several
   */
  public TappedTransport(Transport transport, FrameTap received, FrameTap sent, Runnable ended) {
    this.transport = transport;
    this.received = received;
    this.sent = sent;
    this.ended = ended;
  }

  @Override
  public void open(Duration limit) throws IOException {
    transport.open(limit);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = transport.read(target, offset, length);
    if (count > 0) {
      received.take(target, offset, count);
    } else {
      ended.run();
    }
    return count;
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    sent.take(source, offset, length);
    transport.write(source, offset, length);
  }

  @Override
  public void close() {
    ended.run();
    transport.close();
  }
}
