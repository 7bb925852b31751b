package io.stompbox.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.activemq.broker.BrokerPlugin;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.TransportConnector;
import org.apache.activemq.security.AuthenticationUser;
import org.apache.activemq.security.SimpleAuthenticationPlugin;

/**
 * An ActiveMQ Classic broker inside this process, in memory, on a loopback port. Stops with {@link
 * #close()} or with the process, whichever comes first.
 */
public final class EmbeddedBroker implements AutoCloseable {
  static {
    // ActiveMQ's jars share packages, so they are on the class path even where this is a module.
    EmbeddedBroker.class
        .getModule()
        .addReads(EmbeddedBroker.class.getClassLoader().getUnnamedModule());
  }

  private final BrokerService service;
  private final int port;

  private EmbeddedBroker(BrokerService service, int port) {
    this.service = service;
    this.port = port;
  }

  /** Starts a broker on a free port that lets everybody in. */
  public static EmbeddedBroker start() {
    return start(0, Map.of());
  }

  /**
   * Starts a broker.
   *
   * @param port where to listen on 127.0.0.1; 0 takes a free one
   * @param users passcodes by login; if there are none, everybody is let in
   * @throws IllegalStateException if it can't be started, for example because the port is taken
   */
  public static EmbeddedBroker start(int port, Map<String, String> users) {
    BrokerService service = new BrokerService();
    try {
      service.setBrokerName("embedded-" + System.identityHashCode(service));
      service.setPersistent(false);
      service.setUseJmx(false);
      service.setUseShutdownHook(false);
      service.setAdvisorySupport(false);
      if (!users.isEmpty()) {
        service.setPlugins(new BrokerPlugin[] {authentication(users)});
      }
      TransportConnector connector = service.addConnector("stomp://127.0.0.1:" + port);
      service.start();
      service.waitUntilStarted();
      return new EmbeddedBroker(service, connector.getConnectUri().getPort());
    } catch (Exception e) {
      stop(service);
      throw new IllegalStateException(
          "cannot start the embedded broker on 127.0.0.1:" + port + ": " + rootMessage(e), e);
    }
  }

  private static SimpleAuthenticationPlugin authentication(Map<String, String> users) {
    List<AuthenticationUser> known = new ArrayList<>();
    users.forEach((login, passcode) -> known.add(new AuthenticationUser(login, passcode, "users")));
    return new SimpleAuthenticationPlugin(known);
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null ? root.getClass().getSimpleName() : message;
  }

  /** The port on 127.0.0.1 that it listens on. */
  public int port() {
    return port;
  }

  /** The address to connect to: {@code stomp://127.0.0.1:port}. */
  public String uri() {
    return "stomp://127.0.0.1:" + port;
  }

  /** Stops it at once; its messages are gone. Does nothing the second time. */
  @Override
  public void close() {
    stop(service);
  }

  private static void stop(BrokerService service) {
    try {
      service.stop();
      service.waitUntilStopped();
    } catch (Exception e) {
      throw new IllegalStateException("cannot stop the embedded broker: " + e.getMessage(), e);
    }
  }
}
