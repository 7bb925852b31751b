package io.stompbox.client.transport;

import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.failover.Scheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** TCP, with TLS on top where the address asks for it. */
final class SocketTransport implements Transport {
  private static final int HIGHEST_PORT = 65535;

  private final BrokerAddress address;
  private final Supplier<SSLContext> tls;
  private final HostLookup hosts;
  private volatile boolean closed;

  /** The question for addresses; cancelling it ends the wait for them. */
  private volatile @Nullable CompletableFuture<List<InetAddress>> lookup;

  /** The TCP socket; closing it ends whatever waits on it, also below TLS. */
  private volatile @Nullable Socket socket;

  private @Nullable InputStream input;
  private @Nullable OutputStream output;

  /** Creates one; {@code tls} is asked where the address wants TLS only, since it takes long. */
  SocketTransport(BrokerAddress address, Supplier<SSLContext> tls) {
    this(address, tls, HostLookup.SYSTEM);
  }

  /** As the other, with another way to look names up. */
  SocketTransport(BrokerAddress address, Supplier<SSLContext> tls, HostLookup hosts) {
    this.address = address;
    this.tls = tls;
    this.hosts = hosts;
  }

  static SSLContext systemTls() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM has no default SSLContext", e);
    }
  }

  @Override
  public void open(Duration limit) throws IOException {
    long deadline = System.nanoTime() + limit.toNanos();
    Socket connected = connect(deadline);
    connected.setTcpNoDelay(true);
    KeepAlive.on(connected);
    Socket used =
        address.scheme() == Scheme.TLS ? handshake(connected, millisLeft(deadline)) : connected;
    input = used.getInputStream();
    output = used.getOutputStream();
  }

  /** A name may stand for several addresses; the first that answers is taken. */
  private Socket connect(long deadline) throws IOException {
    if (address.port() < 1 || address.port() > HIGHEST_PORT) {
      throw new IOException("port " + address.port() + " is not between 1 and " + HIGHEST_PORT);
    }
    List<InetAddress> candidates = addresses(deadline);
    IOException failure = null;
    for (int i = 0; i < candidates.size(); i++) {
      int share = Math.max(1, millisLeft(deadline) / (candidates.size() - i));
      try {
        return connect(new InetSocketAddress(candidates.get(i), address.port()), share);
      } catch (IOException e) {
        if (failure != null) {
          e.addSuppressed(failure);
        }
        failure = e;
      }
    }
    throw failure == null ? new UnknownHostException(address.host()) : failure;
  }

  private List<InetAddress> addresses(long deadline) throws IOException {
    CompletableFuture<List<InetAddress>> answer = hosts.find(address.host());
    lookup = answer;
    if (closed) {
      answer.cancel(false);
    }
    try {
      return answer.get(millisLeft(deadline), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new SocketTimeoutException("the host name was not resolved in time");
    } catch (CancellationException e) {
      throw new SocketException("closed while connecting");
    } catch (ExecutionException e) {
      // Whoever else waits for the answer has the same exception.
      throw e.getCause() instanceof UnknownHostException
          ? new UnknownHostException(address.host())
          : new IOException("looking the host name up failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while connecting");
    }
  }

  private Socket connect(InetSocketAddress target, int millis) throws IOException {
    Socket candidate = new Socket();
    socket = candidate;
    try {
      if (closed) {
        throw new SocketException("closed while connecting");
      }
      candidate.connect(target, millis);
      return candidate;
    } catch (IOException e) {
      candidate.close();
      throw e;
    }
  }

  private Socket handshake(Socket plain, int millis) throws IOException {
    SSLSocket secure =
        (SSLSocket)
            tls.get().getSocketFactory().createSocket(plain, address.host(), address.port(), true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(parameters);
    // A TLS handshake with a port that speaks plain STOMP may wait for ever (Artemis).
    plain.setSoTimeout(millis);
    secure.startHandshake();
    plain.setSoTimeout(0);
    return secure;
  }

  private static int millisLeft(long deadline) throws SocketTimeoutException {
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    if (left <= 0) {
      throw new SocketTimeoutException("connect timed out");
    }
    return (int) Math.min(Integer.MAX_VALUE, left);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return opened(input).read(target, offset, length);
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
  public void close() {
    closed = true;
    CompletableFuture<List<InetAddress>> answer = lookup;
    if (answer != null) {
      answer.cancel(false);
    }
    Socket open = socket;
    if (open != null) {
      try {
        open.close();
      } catch (IOException ignored) {
        // The descriptor is gone either way, and nobody can do more about it.
      }
    }
  }
}
