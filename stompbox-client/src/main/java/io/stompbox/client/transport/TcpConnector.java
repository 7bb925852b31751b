package io.stompbox.client.transport;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Makes one TCP connection to a host. {@link #close} may come from any thread and ends connecting,
 * and the connection.
 */
final class TcpConnector {
  private static final int HIGHEST_PORT = 65535;

  private final String host;
  private final int port;
  private final SocketOptions options;
  private final HostLookup hosts;
  private volatile boolean closed;

  /** The question for addresses; cancelling it ends the wait for them. */
  private volatile @Nullable CompletableFuture<List<InetAddress>> lookup;

  /** The TCP socket; closing it ends whatever waits on it, also below TLS. */
  private volatile @Nullable Socket socket;

  TcpConnector(String host, int port, SocketOptions options, HostLookup hosts) {
    this.host = host;
    this.port = port;
    this.options = options;
    this.hosts = hosts;
  }

  /**
   * A name may stand for several addresses; the first that answers is taken, and none may use up
   * the time of those behind it.
   *
   * @param deadline by {@link System#nanoTime()}
   */
  Socket connect(long deadline) throws IOException {
    checkPort(port);
    List<InetAddress> candidates = candidates(deadline);
    IOException failure = null;
    for (int i = 0; i < candidates.size(); i++) {
      int share = Math.max(1, millisLeft(deadline) / (candidates.size() - i));
      try {
        return connect(new InetSocketAddress(candidates.get(i), port), share);
      } catch (IOException e) {
        if (failure != null) {
          e.addSuppressed(failure);
        }
        failure = e;
      }
    }
    throw failure == null ? new UnknownHostException(host) : failure;
  }

  static void checkPort(int port) throws IOException {
    if (port < 1 || port > HIGHEST_PORT) {
      throw new IOException("port " + port + " is not between 1 and " + HIGHEST_PORT);
    }
  }

  private List<InetAddress> candidates(long deadline) throws IOException {
    List<InetAddress> all = addresses(deadline);
    List<InetAddress> chosen = options.family().choose(all);
    if (chosen.isEmpty() && !all.isEmpty()) {
      throw new IOException(
          "the host has no address of the family " + options.family() + " but " + all);
    }
    return chosen;
  }

  private List<InetAddress> addresses(long deadline) throws IOException {
    CompletableFuture<List<InetAddress>> answer = hosts.find(host);
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
          ? new UnknownHostException(host)
          : new IOException("looking the host name up failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while connecting");
    } finally {
      answer.cancel(false);
    }
  }

  private Socket connect(InetSocketAddress target, int millis) throws IOException {
    Socket candidate = options.newSocket();
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

  /** Returns the milliseconds until then, at least 1. */
  static int millisLeft(long deadline) throws SocketTimeoutException {
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    if (left <= 0) {
      throw new SocketTimeoutException("connect timed out");
    }
    return (int) Math.min(Integer.MAX_VALUE, left);
  }

  void close() {
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
