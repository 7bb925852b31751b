package io.stompbox.bench.endtoend.peer;

import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.broker.BrokerService;

/** A real broker in a process of its own, in memory, on a free port of loopback. */
public final class BrokerMain {
  private static final String ACCEPTOR = "stomp";

  private BrokerMain() {}

  /** Takes {@code activemq} or {@code artemis}; prints {@code ready PORT}. */
  public static void main(String[] arguments) throws Exception {
    int port =
        switch (arguments[0]) {
          case "activemq" -> activeMq();
          case "artemis" -> artemis();
          default -> throw new IllegalArgumentException("no such broker: " + arguments[0]);
        };
    System.out.println("ready " + port);
    ScriptedPeer.awaitEndOfInput();
  }

  private static int activeMq() throws Exception {
    BrokerService service = new BrokerService();
    service.setPersistent(false);
    service.setUseJmx(false);
    service.setAdvisorySupport(false);
    int port = service.addConnector("stomp://127.0.0.1:0").getConnectUri().getPort();
    service.start();
    service.waitUntilStarted();
    return port;
  }

  private static int artemis() throws Exception {
    EmbeddedActiveMQ server = new EmbeddedActiveMQ();
    server
        .setConfiguration(
            new ConfigurationImpl()
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .addAcceptorConfiguration(
                    ACCEPTOR,
                    "tcp://127.0.0.1:0?protocols=STOMP;anycastPrefix=/queue/;multicastPrefix=/topic/"))
        .start();
    return ((NettyAcceptor) server.getActiveMQServer().getRemotingService().getAcceptor(ACCEPTOR))
        .getActualPort();
  }
}
