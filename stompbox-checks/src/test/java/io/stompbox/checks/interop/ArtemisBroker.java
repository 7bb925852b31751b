package io.stompbox.checks.interop;

import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** An Artemis broker inside this process, in memory, on a free loopback port. */
final class ArtemisBroker implements AutoCloseable {
  private static final String ACCEPTOR = "stomp";

  private final EmbeddedActiveMQ server;

  private ArtemisBroker(EmbeddedActiveMQ server) {
    this.server = server;
  }

  /** Starts one whose {@code /queue/} and {@code /topic/} mean what they mean elsewhere. */
  static ArtemisBroker start() {
    return start("");
  }

  /** As the other, with further settings of the acceptor, each after a semicolon. */
  static ArtemisBroker start(String more) {
    EmbeddedActiveMQ server = new EmbeddedActiveMQ();
    try {
      server.setConfiguration(configuration(more)).start();
      return new ArtemisBroker(server);
    } catch (Exception e) {
      throw new IllegalStateException("Artemis can't be started", e);
    }
  }

  private static Configuration configuration(String more) throws Exception {
    return new ConfigurationImpl()
        .setPersistenceEnabled(false)
        .setSecurityEnabled(false)
        .setJMXManagementEnabled(false)
        .addAcceptorConfiguration(
            ACCEPTOR,
            "tcp://127.0.0.1:0?protocols=STOMP;anycastPrefix=/queue/;multicastPrefix=/topic/"
                + more);
  }

  int port() {
    NettyAcceptor acceptor =
        (NettyAcceptor) server.getActiveMQServer().getRemotingService().getAcceptor(ACCEPTOR);
    return acceptor.getActualPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("Artemis can't be stopped", e);
    }
  }
}
