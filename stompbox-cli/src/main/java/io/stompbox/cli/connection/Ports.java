package io.stompbox.cli.connection;

import io.stompbox.cli.process.Failure;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.failover.FailoverUri;

/** The ports of brokers: a URI may have any number. */
public final class Ports {
  private static final int HIGHEST = 65_535;

  private Ports() {}

  /**
   * Refuses a port that nobody can listen on.
   *
   * @param advice said as well
   * @throws Failure if there is such a port
   */
  public static void check(FailoverUri uri, String... advice) {
    for (BrokerAddress broker : uri.brokers()) {
      boolean isPort = broker.port() >= 1 && broker.port() <= HIGHEST;
      if (!isPort && broker.socketPath().isEmpty()) {
        throw Failure.usage("the port of " + broker + " must be from 1 to " + HIGHEST, advice);
      }
    }
  }
}
