package io.stompbox.testkit;

import io.stompbox.testkit.Faults.Direction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * Stands between clients and a broker, and breaks their connections on purpose. Listens on a free
 * loopback port. Knows where frames begin and end, so that faults can strike at one of them:
 *
 * <pre>{@code
 * try (FaultProxy proxy = FaultProxy.to("127.0.0.1", broker.port())) {
 *   proxy.onConnection(1).down(Fault.reset(Place.before("RECEIPT", 3)));
 *   proxy.onEveryConnection().up(Fault.delay(Duration.ofMillis(20)));
 *   ...
 *   proxy.passed(1, Faults.Direction.UP).frames("SEND");
 * }
 * }</pre>
 *
 * <p>Safe to share between threads; faults may be set before a connection is made and while it is
 * open.
 */
public final class FaultProxy implements AutoCloseable {
  private final ServerSocket server;
  private final InetSocketAddress broker;

  /** All connections so far. Guarded by this. */
  private final List<ProxiedConnection> connections = new ArrayList<>();

  /** Faults of connections that are to come. Guarded by this. */
  private final List<Planned> planned = new ArrayList<>();

  /** For all connections if the number is 0. */
  private record Planned(int connection, Direction direction, Fault fault) {
    private static final int ALL = 0;

    boolean isFor(int number) {
      return connection == ALL || connection == number;
    }
  }

  private FaultProxy(ServerSocket server, InetSocketAddress broker) {
    this.server = server;
    this.broker = broker;
  }

  /** Starts a proxy to a broker. */
  public static FaultProxy to(String brokerHost, int brokerPort) {
    try {
      ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      FaultProxy proxy = new FaultProxy(server, new InetSocketAddress(brokerHost, brokerPort));
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

  /** Returns the faults of a connection, from 1; it may be open, or still to come. */
  public Faults onConnection(int number) {
    if (number < 1) {
      throw new IllegalArgumentException("connections are numbered from 1: " + number);
    }
    return faults(number);
  }

  /** Returns the faults of all connections, open ones and those to come. */
  public Faults onEveryConnection() {
    return faults(Planned.ALL);
  }

  private Faults faults(int number) {
    return new Faults(
        (direction, fault) -> add(new Planned(number, direction, fault)), () -> heal(number));
  }

  private synchronized void add(Planned plan) {
    planned.add(plan);
    for (int i = 0; i < connections.size(); i++) {
      if (plan.isFor(i + 1)) {
        apply(plan, connections.get(i));
      }
    }
  }

  private static void apply(Planned plan, ProxiedConnection connection) {
    try {
      stream(connection, plan.direction()).add(plan.fault());
    } catch (IOException gone) {
      // What has ended already can't be broken.
    }
  }

  private static FaultyStream stream(ProxiedConnection connection, Direction direction) {
    return direction == Direction.UP ? connection.up() : connection.down();
  }

  private synchronized void heal(int number) {
    planned.removeIf(plan -> plan.connection() == number);
    for (int i = 0; i < connections.size(); i++) {
      if (number == Planned.ALL || number == i + 1) {
        connections.get(i).up().heal();
        connections.get(i).down().heal();
      }
    }
  }

  /**
   * Resets all connections that are open now, on both sides, in the middle of whatever is under
   * way. New ones are let through.
   *
   * @return how many there were
   */
  public int cut() {
    List<ProxiedConnection> open = open();
    open.forEach(ProxiedConnection::reset);
    return open.size();
  }

  /** How many connections are open now. */
  public int connections() {
    return open().size();
  }

  private synchronized List<ProxiedConnection> open() {
    return connections.stream().filter(ProxiedConnection::isOpen).toList();
  }

  /** What a connection, from 1, has let pass in a direction; nothing if there was none. */
  public synchronized Passed passed(int number, Direction direction) {
    return number < 1 || number > connections.size()
        ? Passed.NOTHING
        : stream(connections.get(number - 1), direction).passed();
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
    Socket target = new Socket();
    try {
      target.connect(broker);
    } catch (IOException e) {
      client.close();
      throw e;
    }
    client.setTcpNoDelay(true);
    target.setTcpNoDelay(true);
    ProxiedConnection connection = new ProxiedConnection(client, target);
    register(connection);
    start("stompbox-proxy-up", () -> connection.run(connection.up()));
    start("stompbox-proxy-down", () -> connection.run(connection.down()));
  }

  private synchronized void register(ProxiedConnection connection) {
    connections.add(connection);
    int number = connections.size();
    planned.stream().filter(plan -> plan.isFor(number)).forEach(plan -> apply(plan, connection));
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
}
