package io.stompbox.client.transport;

import io.stompbox.client.transport.UnexpectedPeerException.Sign;
import io.stompbox.protocol.failover.BrokerAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * STOMP over WebSocket (RFC 6455), over a socket that has TLS where the address asks for it. The
 * path and query of the address are those of the upgrade request. Pings are answered while somebody
 * reads.
 */
final class WebSocketTransport implements Transport {
  private final BrokerAddress address;
  private final SocketTransport socket;
  private final WebSocketOptions options;
  private final SecureRandom random = new SecureRandom();

  /** Both ways once it is open; null before. */
  private volatile @Nullable WebSocketReader reader;

  private volatile @Nullable WebSocketWriter writer;

  WebSocketTransport(BrokerAddress address, SocketTransport socket, WebSocketOptions options) {
    this.address = address;
    this.socket = socket;
    this.options = options;
  }

  @Override
  public void open(Duration limit) throws IOException {
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      socket.open(limit);
      ReadAhead input = new ReadAhead(socket);
      upgrade(input, deadline);
      WebSocketWriter out = new WebSocketWriter(socket, options, random);
      reader = new WebSocketReader(input, out, options.frameEnd());
      writer = out;
    } catch (SocketTimeoutException e) {
      socket.close();
      SocketTimeoutException late =
          new SocketTimeoutException(
              "the WebSocket was not open within " + limit.toMillis() + "ms: " + e.getMessage());
      late.initCause(e);
      throw late;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private void upgrade(InputStream input, long deadline) throws IOException {
    WebSocketUpgrade upgrade = new WebSocketUpgrade(address, options, random);
    byte[] request = upgrade.request();
    socket.write(request, 0, request.length);
    socket.readLimit(TcpConnector.millisLeft(deadline));
    upgrade.check(answer(input));
    socket.readLimit(0);
  }

  private static HttpHead answer(InputStream input) throws IOException {
    try {
      return HttpHead.read(input);
    } catch (ProtocolException e) {
      throw new UnexpectedPeerException(Sign.NO_HTTP, String.valueOf(e.getMessage()), e);
    } catch (SocketTimeoutException e) {
      throw UnexpectedPeerException.silent(Sign.SILENT_TO_HTTP, e);
    }
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return opened(reader).read(target, offset, length);
  }

  /**
   * Sends each frame as one message; a frame that has not ended is held back until the rest of it
   * is written, or it is too long for a message.
   */
  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    IOException ended = opened(reader).failure();
    if (ended != null) {
      throw ended;
    }
    opened(writer).write(source, offset, length);
  }

  private static <T> T opened(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("the transport is not open");
    }
    return part;
  }

  @Override
  public boolean ignoresInterrupts() {
    return true;
  }

  /** Sends a close frame if there is room for it, and does not wait for that of the broker. */
  @Override
  public void close() {
    WebSocketWriter open = writer;
    if (open != null) {
      open.close(WebSocketReader.NORMAL);
    }
    socket.close();
  }
}
