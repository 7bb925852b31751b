package io.stompbox.bench.scale;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A broker for thousands of connections on one thread. It does what is asked of it in the
 * destinations of SENDs and SUBSCRIBEs, see {@link PeerSession}. Ends with its standard input.
 */
final class ScalePeer {
  private static final int BACKLOG = 4096;
  private static final long WINDOW = TimeUnit.MILLISECONDS.toNanos(100);

  private final Selector selector = Selector.open();
  private final ServerSocketChannel server = ServerSocketChannel.open();

  /** When the last drop was. */
  private long droppedAt = System.nanoTime();

  /** How many connections came in each window since the last drop. */
  private final List<Long> accepted = new ArrayList<>();

  private ScalePeer() throws IOException {
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT);
  }

  /** Prints {@code ready PORT}, and serves until standard input ends. */
  public static void main(String[] arguments) throws IOException {
    ScalePeer peer = new ScalePeer();
    Thread serving = new Thread(peer::serve, "peer");
    serving.setDaemon(true);
    serving.start();
    System.out.println("ready " + ((InetSocketAddress) peer.server.getLocalAddress()).getPort());
    while (System.in.read() >= 0) {
      // Nothing that is written there means anything.
    }
    Runtime.getRuntime().halt(0);
  }

  private void serve() {
    try {
      while (true) {
        selector.select(this::ready);
      }
    } catch (IOException e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  private void ready(SelectionKey key) {
    if (!key.isValid()) {
      return;
    }
    try {
      if (key.isAcceptable()) {
        accept();
      } else if (key.attachment() instanceof PeerSession session) {
        session.ready(key);
      }
    } catch (IOException e) {
      close(key);
    }
  }

  private void accept() throws IOException {
    @Nullable SocketChannel channel = server.accept();
    while (channel != null) {
      channel.configureBlocking(false);
      channel.setOption(java.net.StandardSocketOptions.TCP_NODELAY, true);
      SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
      key.attach(new PeerSession(channel, this));
      int window = (int) ((System.nanoTime() - droppedAt) / WINDOW);
      while (accepted.size() <= window) {
        accepted.add(0L);
      }
      accepted.set(window, accepted.get(window) + 1);
      channel = server.accept();
    }
  }

  /** Closes all connections but that one. */
  void dropAllBut(PeerSession asking) {
    droppedAt = System.nanoTime();
    accepted.clear();
    for (SelectionKey key : selector.keys()) {
      if (key.attachment() instanceof PeerSession session && !session.equals(asking)) {
        close(key);
      }
    }
  }

  /** How many connections came in each 100 ms since the last drop, with commas between. */
  String connects() {
    return accepted.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private static void close(SelectionKey key) {
    try {
      key.channel().close();
    } catch (IOException e) {
      System.err.println("closing failed: " + e);
    }
  }
}
