package io.stompbox.bench.endtoend.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

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

  /** Prints {@code ready PORT} for a connection of TCP, and serves until standard input ends. */
  public static void main(String[] arguments) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    daemon(() -> accept(server));
    System.out.println("ready " + ((InetSocketAddress) server.getLocalAddress()).getPort());
    while (System.in.read() >= 0) {
      // Nothing that is written there means anything.
    }
    Runtime.getRuntime().halt(0);
  }

  private static void accept(ServerSocketChannel server) {
    while (server.isOpen()) {
      try {
        SocketChannel channel = server.accept();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        PeerConnection connection = new PeerConnection(channel);
        daemon(connection::serve);
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
