package io.stompbox.checks.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A broker for many connections or many messages, with one thread and a process of its own. It
 * answers CONNECT, and whatever asks for a receipt; it prints its port, then does what the lines on
 * its standard input say, and ends with that:
 *
 * <ul>
 *   <li>{@code drop}: resets all connections; prints how many
 *   <li>{@code count}: prints how many connections there are and how many there have been
 *   <li>{@code stall}: reads nothing any more, but CONNECT of connections that come; prints so
 *   <li>{@code reset N}: resets all connections, and each of the N - 1 that come next as soon as it
 *       has answered a SUBSCRIBE
 *   <li>{@code flood N}: sends N messages to the last subscription; prints how often it had to wait
 * </ul>
 */
public final class LoadPeer {
  private final Selector selector;
  private final ServerSocketChannel server;
  private final Queue<String> orders = new ConcurrentLinkedQueue<>();

  /** How many connections are still to be reset once they have subscribed. */
  private int resets;

  private int accepted;
  private boolean isStalled;

  private LoadPeer() throws IOException {
    selector = Selector.open();
    server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT);
  }

  /** Serves until standard input ends. */
  public static void main(String[] args) throws IOException {
    LoadPeer peer = new LoadPeer();
    Thread reader = new Thread(peer::readOrders, "orders");
    reader.setDaemon(true);
    reader.start();
    say(String.valueOf(peer.server.socket().getLocalPort()));
    while (reader.isAlive()) {
      peer.serve();
    }
  }

  private static void say(String line) {
    System.out.println(line);
  }

  private void readOrders() {
    try (BufferedReader input = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        orders.add(line);
        selector.wakeup();
      }
      selector.wakeup();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve() throws IOException {
    selector.select(1000);
    for (String order = orders.poll(); order != null; order = orders.poll()) {
      obey(order);
    }
    Iterator<SelectionKey> ready = selector.selectedKeys().iterator();
    while (ready.hasNext()) {
      SelectionKey key = ready.next();
      ready.remove();
      if (key.isValid() && key.isAcceptable()) {
        accept();
      } else if (key.isValid()) {
        serve((LoadConnection) key.attachment());
      }
    }
  }

  private void accept() throws IOException {
    SocketChannel channel = server.accept();
    while (channel != null) {
      accepted++;
      channel.configureBlocking(false);
      SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
      key.attach(new LoadConnection(channel, key));
      channel = server.accept();
    }
  }

  private void serve(LoadConnection connection) {
    try {
      connection.serve();
      if (isStalled) {
        connection.stall();
      }
      if (resets > 0 && connection.hasSubscribed()) {
        resets--;
        connection.reset();
      }
    } catch (IOException gone) {
      connection.reset();
    }
  }

  private void obey(String order) throws IOException {
    List<LoadConnection> all =
        selector.keys().stream()
            .filter(SelectionKey::isValid)
            .map(SelectionKey::attachment)
            .filter(LoadConnection.class::isInstance)
            .map(LoadConnection.class::cast)
            .toList();
    String[] words = order.split(" ", -1);
    switch (words[0]) {
      case "drop" -> {
        all.forEach(LoadConnection::reset);
        say("dropped " + all.size());
      }
      case "count" -> say(all.size() + " of " + accepted);
      case "stall" -> {
        isStalled = true;
        all.forEach(LoadConnection::stall);
        say("stalled");
      }
      case "reset" -> {
        resets = Integer.parseInt(words[1]) - 1;
        all.forEach(LoadConnection::reset);
      }
      case "flood" -> {
        LoadConnection subscriber =
            all.stream().filter(LoadConnection::hasSubscribed).findFirst().orElseThrow();
        subscriber.flood(Long.parseLong(words[1]), stalls -> say("flooded, stalls " + stalls));
      }
      default -> throw new IllegalArgumentException("not an order: " + order);
    }
  }
}
