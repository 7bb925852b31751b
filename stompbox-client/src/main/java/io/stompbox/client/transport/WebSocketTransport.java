package io.stompbox.client.transport;

import io.stompbox.client.transport.MessageCutter.Message;
import io.stompbox.protocol.failover.BrokerAddress;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * STOMP over WebSocket, with TLS below where the address asks for it. The path and query of the
 * address are those of the upgrade request. Pings are answered by the JDK.
 *
 * <p>An interrupt ends what it interrupts with {@link InterruptedIOException}, and leaves the flag.
 */
final class WebSocketTransport implements Transport {
  private static final int NORMAL = 1000;
  private static final int SWITCHING_PROTOCOLS = 101;

  private final BrokerAddress address;
  private final Supplier<SSLContext> tls;
  private final WebSocketOptions options;
  private final IncomingMessages incoming;
  private final MessageCutter cutter;

  /** The WebSocket once it is open; a failure if it can't be opened or was closed before. */
  private final CompletableFuture<WebSocket> opened = new CompletableFuture<>();

  /** The upgrade request; null before it is made. */
  private volatile @Nullable CompletableFuture<WebSocket> upgrade;

  /** What the HTTP client was acquired with; null if it was not, or has been released. */
  private final AtomicReference<@Nullable SSLContext> acquired = new AtomicReference<>();

  /** Creates one; {@code tls} is asked where the address wants TLS only, since it takes long. */
  WebSocketTransport(BrokerAddress address, Supplier<SSLContext> tls, WebSocketOptions options) {
    this.address = address;
    this.tls = tls;
    this.options = options;
    this.incoming = new IncomingMessages(options.frameEnd());
    this.cutter = new MessageCutter(options);
  }

  @Override
  public void open(Duration limit) throws IOException {
    try {
      start(limit);
      opened.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw failure(e.getCause(), limit);
    } catch (TimeoutException e) {
      throw failure(e, limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while connecting");
    } finally {
      if (!isOpen()) {
        close();
      }
    }
  }

  private void start(Duration limit) throws IOException {
    URI uri = uri();
    SSLContext context = address.scheme().isSecure() ? tls.get() : SharedHttpClient.withoutTls();
    HttpClient client = SharedHttpClient.acquire(context);
    acquired.set(context);
    if (opened.isDone()) {
      throw new SocketException("closed while connecting");
    }
    WebSocket.Builder builder =
        client
            .newWebSocketBuilder()
            .connectTimeout(limit)
            .subprotocols("v12.stomp", "v11.stomp", "v10.stomp");
    options.headers().forEach(header -> builder.header(header.name(), header.value()));
    CompletableFuture<WebSocket> asked = builder.buildAsync(uri, incoming);
    upgrade = asked;
    var unused = asked.whenComplete(this::answered);
  }

  private URI uri() throws IOException {
    String host = address.host();
    String authority = host.indexOf(':') < 0 ? host : "[" + host + "]";
    try {
      URI uri =
          new URI(
              (address.scheme().isSecure() ? "wss://" : "ws://")
                  + authority
                  + ":"
                  + address.port()
                  + address.requestTarget().orElse("/"));
      if (uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // The message has the query, which may hold a token.
      throw new IOException("HTTP can't carry the address " + address);
    }
    throw new IOException("HTTP knows no host names like '" + host + "'");
  }

  private void answered(@Nullable WebSocket socket, @Nullable Throwable failure) {
    if (socket == null) {
      opened.completeExceptionally(
          failure == null ? new IOException("the JDK made no WebSocket") : failure);
    } else if (!opened.complete(socket)) {
      socket.abort();
    }
  }

  private boolean isOpen() {
    return opened.isDone() && !opened.isCompletedExceptionally();
  }

  private IOException failure(@Nullable Throwable thrown, Duration limit) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
      return new SocketTimeoutException(
          "the WebSocket was not open within " + limit.toMillis() + "ms");
    }
    if (cause instanceof WebSocketHandshakeException refused) {
      return new IOException(refusal(refused), refused);
    }
    if (cause instanceof ProtocolException) {
      return new IOException(
          "it does not answer as HTTP does: " + cause.getMessage() + "; is it a WebSocket port?",
          cause);
    }
    if (cause instanceof ConnectException && hasCause(cause, UnresolvedAddressException.class)) {
      return new UnknownHostException(address.host());
    }
    if (cause instanceof ConnectException && cause.getMessage() == null) {
      return new IOException("port " + address.port() + " takes no connections", cause);
    }
    if (cause instanceof IOException failure && failure.getMessage() != null) {
      return failure;
    }
    return new IOException("the WebSocket can't be opened: " + cause, cause);
  }

  private String refusal(WebSocketHandshakeException refused) {
    int status = refused.getResponse().statusCode();
    if (status == SWITCHING_PROTOCOLS) {
      return "the answer to the upgrade breaks RFC 6455: " + refused.getCause();
    }
    return "the upgrade to WebSocket was answered with HTTP status "
        + status
        + switch (status) {
          case 401, 403 -> "; set a header such as Authorization or Origin in WebSocketOptions";
          case 404 -> "; brokers listen on a path of their own, such as /ws";
          default -> "";
        };
  }

  private static boolean hasCause(Throwable failure, Class<?> type) {
    Throwable cause = failure;
    while (cause != null && !type.isInstance(cause)) {
      cause = cause.getCause();
    }
    return cause != null;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return incoming.read(target, offset, length);
  }

  /**
   * Sends each frame as one message; a frame that has not ended is held back until the rest of it
   * is written, or it is too long for a message.
   */
  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    WebSocket socket = socket();
    IOException ended = incoming.failure();
    if (ended != null) {
      throw ended;
    }
    ByteBuffer input = ByteBuffer.wrap(source, offset, length);
    for (Message message = cutter.next(input); message != null; message = cutter.next(input)) {
      await(send(socket, message));
    }
  }

  private WebSocket socket() {
    if (!isOpen()) {
      throw new IllegalStateException("the transport is not open");
    }
    return opened.join();
  }

  private static CompletableFuture<WebSocket> send(WebSocket socket, Message message) {
    if (message instanceof Message.Text text) {
      return socket.sendText(text.characters(), true);
    }
    return socket.sendBinary(((Message.Binary) message).octets(), true);
  }

  private void await(CompletableFuture<WebSocket> sent) throws IOException {
    try {
      sent.get();
    } catch (ExecutionException e) {
      IOException reason = incoming.failure();
      throw reason != null
          ? reason
          : new IOException("the WebSocket takes nothing more: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while writing");
    }
  }

  /** Sends a close frame if there is room for it, and does not wait for that of the broker. */
  @Override
  public void close() {
    incoming.close();
    if (!opened.completeExceptionally(new SocketException("closed while connecting")) && isOpen()) {
      // Whether it can be sent does not matter.
      var unused = opened.join().sendClose(NORMAL, "");
    }
    CompletableFuture<WebSocket> asked = upgrade;
    if (asked != null) {
      // Else the JDK reads an answer that refuses to its end, into memory, though nobody waits.
      asked.cancel(true);
    }
    incoming.abort();
    SSLContext context = acquired.getAndSet(null);
    if (context != null) {
      SharedHttpClient.release(context);
    }
  }
}
