package io.stompbox.cli.connection;

import io.stompbox.cli.process.Failure;
import io.stompbox.client.ClientObserver;
import io.stompbox.client.ConnectOptions;
import io.stompbox.client.Connection;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.frame.StompException;

/**
 * Brokers, and how a connection to one of them is made.
 *
 * @param target the brokers, and where they come from
 * @param options with what the options of the command and the settings of the URI say
 * @param observer sees each of them
 */
public record Endpoint(Target target, ConnectOptions options, ClientObserver observer) {

  /**
   * Connects to the first broker of the list that lets us in.
   *
   * @throws Failure if none does; it tells of each
   */
  public Connection open() {
    try {
      return Connection.openFirst(target.brokers().brokers(), options, observer);
    } catch (StompException e) {
      throw ConnectFailures.of(e, target);
    }
  }

  /**
   * Connects to one broker in another way than the options say.
   *
   * @throws StompException as {@link Connection#open(BrokerAddress, ConnectOptions)} does
   */
  public Connection open(BrokerAddress broker, ConnectOptions how) {
    return Connection.open(broker, how, observer);
  }
}
