package io.stompbox.client;

import io.stompbox.client.transport.Transport;
import io.stompbox.client.transport.TransportFactory;
import io.stompbox.protocol.failover.BrokerAddress;
import java.io.IOException;
import java.time.Duration;

/** A socket that a test can meddle with. */
class WrappedTransport implements Transport {
  private final Transport socket;

  WrappedTransport(BrokerAddress address) {
    this.socket = TransportFactory.sockets().create(address);
  }

  @Override
  public void open(Duration limit) throws IOException {
    socket.open(limit);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return socket.read(target, offset, length);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    socket.write(source, offset, length);
  }

  @Override
  public void close() {
    socket.close();
  }
}
