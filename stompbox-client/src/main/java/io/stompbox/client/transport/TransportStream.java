package io.stompbox.client.transport;

import java.io.IOException;
import java.io.InputStream;

/** What comes through a transport, as a stream. */
final class TransportStream extends InputStream {
  private final Transport transport;

  TransportStream(Transport transport) {
    this.transport = transport;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return transport.read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return transport.read(target, offset, length);
  }
}
