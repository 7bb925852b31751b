package io.stompbox.client.transport;

import io.stompbox.protocol.failover.BrokerAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** TCP, through a proxy where the options say so, with TLS on top where the address asks for it. */
final class SocketTransport implements Transport {
  private final BrokerAddress address;
  private final SocketOptions options;
  private final @Nullable ProxyOptions proxy;
  private final TlsLayer tls;
  private final TcpConnector connector;

  /** The TCP socket; null before it is connected. */
  private @Nullable Socket plain;

  private @Nullable InputStream input;
  private @Nullable OutputStream output;

  SocketTransport(BrokerAddress address, TransportOptions options, TlsLayer tls, HostLookup hosts) {
    this.address = address;
    this.options = options.sockets();
    this.proxy = options.proxy().orElse(null);
    this.tls = tls;
    this.connector =
        proxy == null
            ? new TcpConnector(address.host(), address.port(), this.options, hosts)
            : new TcpConnector(proxy.host(), proxy.port(), this.options, hosts);
  }

  @Override
  public void open(Duration limit) throws IOException {
    long deadline = System.nanoTime() + limit.toNanos();
    Socket connected = connector.connect(deadline);
    plain = connected;
    if (proxy != null) {
      tunnel(connected, proxy, deadline);
    }
    Socket used = address.scheme().isSecure() ? secured(connected, deadline) : connected;
    input = used.getInputStream();
    output = used.getOutputStream();
  }

  private void tunnel(Socket connected, ProxyOptions through, long deadline) throws IOException {
    connected.setSoTimeout(TcpConnector.millisLeft(deadline));
    new Tunnel(address, connected.getInputStream(), connected.getOutputStream()).open(through);
    connected.setSoTimeout(0);
  }

  private Socket secured(Socket connected, long deadline) throws IOException {
    return tls.over(connected, address.host(), address.port(), TcpConnector.millisLeft(deadline));
  }

  /** Sets how long a read waits, in milliseconds; 0 waits for ever, as it does at first. */
  void readLimit(int millis) throws SocketException {
    opened(plain).setSoTimeout(millis);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return opened(input).read(target, offset, Math.min(length, options.maxRead()));
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    opened(output).write(source, offset, length);
  }

  private static <T> T opened(@Nullable T stream) {
    if (stream == null) {
      throw new IllegalStateException("the transport is not open");
    }
    return stream;
  }

  @Override
  public boolean ignoresInterrupts() {
    return true;
  }

  @Override
  public void close() {
    connector.close();
  }
}
