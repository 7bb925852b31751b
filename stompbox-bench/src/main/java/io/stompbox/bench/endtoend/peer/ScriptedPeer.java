package io.stompbox.bench.endtoend.peer;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Does as little as possible, so that the client is the slow side. The destination says what
 * happens:
 *
 * <ul>
 *   <li>SEND to {@code /queue/bench.echo} comes back as a MESSAGE;
 *   <li>any other SEND is skipped;
 *   <li>SUBSCRIBE to {@code /source/COUNT/SIZE/...} brings so many messages with bodies of that
 *       size, as fast as the socket takes them;
 *   <li>a frame that asks for a receipt gets one.
 * </ul>
 *
 * <p>Answers to what one read has brought leave in one write. One thread for each connection. Ends
 * with its standard input, so that it does not outlive whoever has started it.
 */
public final class ScriptedPeer {
  private static final int BACKLOG = 4096;

  private ScriptedPeer() {}

  /** Gives the next connection; waits for it. */
  @FunctionalInterface
  private interface Acceptor {
    Wire accept() throws IOException;
  }

  /**
   * Prints {@code ready} with its ports for TCP, TLS and WebSocket, and serves until standard input
   * ends.
   *
   * @param arguments a PKCS#12 file with a certificate for 127.0.0.1, and its password
   */
  public static void main(String[] arguments) throws Exception {
    ServerSocketChannel tcp = listen();
    ServerSocketChannel webSocket = listen();
    ServerSocket tls =
        context(Path.of(arguments[0]), arguments[1].toCharArray())
            .getServerSocketFactory()
            .createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    daemon(() -> serve(() -> new TcpWire(accept(tcp))));
    daemon(() -> serve(() -> new TlsWire(accept(tls))));
    daemon(() -> serve(() -> new WebSocketWire(new TcpWire(accept(webSocket)))));
    System.out.println("ready " + port(tcp) + " " + tls.getLocalPort() + " " + port(webSocket));
    awaitEndOfInput();
  }

  /** Ends this JVM when whoever has started it does. */
  static void awaitEndOfInput() throws IOException {
    while (System.in.read() >= 0) {
      // Nothing that is written there means anything.
    }
    Runtime.getRuntime().halt(0);
  }

  private static ServerSocketChannel listen() throws IOException {
    return ServerSocketChannel.open()
        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
  }

  private static int port(ServerSocketChannel server) throws IOException {
    return ((InetSocketAddress) server.getLocalAddress()).getPort();
  }

  private static SSLContext context(Path file, char[] password)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, password);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private static SocketChannel accept(ServerSocketChannel server) throws IOException {
    SocketChannel channel = server.accept();
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    return channel;
  }

  private static Socket accept(ServerSocket server) throws IOException {
    Socket socket = server.accept();
    socket.setTcpNoDelay(true);
    return socket;
  }

  private static void serve(Acceptor acceptor) {
    while (true) {
      try {
        PeerConnection connection = new PeerConnection(acceptor.accept());
        daemon(connection::serve);
      } catch (ClosedChannelException closed) {
        return;
      } catch (IOException e) {
        System.err.println("accepting failed: " + e);
      }
    }
  }

  static void daemon(Runnable work) {
    Thread thread = new Thread(work, "peer");
    thread.setDaemon(true);
    thread.start();
  }
}
