package io.stompbox.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands between a client and a broker, and breaks their connections on purpose. Listens on a free
 * loopback port.
 */
public final class FaultProxy implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;

  private final ServerSocket server;
  private final String brokerHost;
  private final int brokerPort;
  private final List<Pair> pairs = new CopyOnWriteArrayList<>();

  private FaultProxy(ServerSocket server, String brokerHost, int brokerPort) {
    this.server = server;
    this.brokerHost = brokerHost;
    this.brokerPort = brokerPort;
  }

  /** Starts a proxy to a broker. */
  public static FaultProxy to(String brokerHost, int brokerPort) {
    try {
      ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      FaultProxy proxy = new FaultProxy(server, brokerHost, brokerPort);
      start("stompbox-proxy-accept", proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on a loopback port", e);
    }
  }

  /** The port on 127.0.0.1 that it listens on. */
  public int port() {
    return server.getLocalPort();
  }

  /** The address to connect to instead of the broker's. */
  public String uri() {
    return "stomp://127.0.0.1:" + port();
  }

  /**
   * Resets all connections that are open now, on both sides, in the middle of whatever is under
   * way. New ones are let through.
   *
   * @return how many there were
   */
  public int cut() {
    List<Pair> open = List.copyOf(pairs);
    open.forEach(Pair::reset);
    return open.size();
  }

  /** How many connections are open now. */
  public int connections() {
    return pairs.size();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        connect(client);
      } catch (IOException closed) {
        // Either close() ended the wait, or a client left before it was served.
      }
    }
  }

  private void connect(Socket client) throws IOException {
    Socket broker = new Socket();
    try {
      broker.connect(new InetSocketAddress(brokerHost, brokerPort));
    } catch (IOException e) {
      client.close();
      throw e;
    }
    client.setTcpNoDelay(true);
    broker.setTcpNoDelay(true);
    Pair pair = new Pair(client, broker);
    pairs.add(pair);
    start("stompbox-proxy-up", () -> pair.copy(client, broker));
    start("stompbox-proxy-down", () -> pair.copy(broker, client));
  }

  private static void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Resets everything and stops listening. */
  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot stop listening", e);
    }
    cut();
  }

  /** The two sockets of one connection. */
  private final class Pair {
    private final Socket client;
    private final Socket broker;

    Pair(Socket client, Socket broker) {
      this.client = client;
      this.broker = broker;
    }

    void copy(Socket from, Socket to) {
      byte[] buffer = new byte[BUFFER];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        int read = in.read(buffer);
        while (read >= 0) {
          out.write(buffer, 0, read);
          read = in.read(buffer);
        }
        end();
      } catch (IOException gone) {
        end();
      }
    }

    void reset() {
      for (Socket socket : List.of(client, broker)) {
        try {
          socket.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException gone) {
          // It is closed already, which is what was wanted.
        }
      }
      end();
    }

    private void end() {
      pairs.remove(this);
      for (Socket socket : List.of(client, broker)) {
        try {
          socket.close();
        } catch (IOException ignored) {
          // A socket that can't be closed is closed.
        }
      }
    }
  }
}
