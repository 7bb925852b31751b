package io.stompbox.cli.connection;

import io.stompbox.cli.process.Failure;
import io.stompbox.client.ClientObserver;
import io.stompbox.client.ConnectOptions;
import io.stompbox.client.Connection;
import io.stompbox.protocol.failover.BrokerAddress;
import io.stompbox.protocol.frame.StompException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brokers, and how a connection to one of them is made.
 *
 * @param target the brokers, and where they come from
 * @param options with what the options of the command and the settings of the URI say
 * @param observer sees each of them; empty for nobody
 */
public record Endpoint(
    Target target, ConnectOptions options, Optional<? extends ClientObserver> observer) {

  /**
   * Connects to the first broker of the list that lets us in.
   *
   * @throws Failure if none does; it tells of the last
   */
  public Connection open() {
    BrokerAddress tried = null;
    StompException last = null;
    for (BrokerAddress broker : target.brokers().brokers()) {
      tried = broker;
      try {
        return open(broker, options);
      } catch (StompException e) {
        last = e;
      }
    }
    throw failure(tried, last);
  }

  /**
   * Connects to one broker in another way than the options say.
   *
   * @throws StompException as {@link Connection#open(BrokerAddress, ConnectOptions)} does
   */
  public Connection open(BrokerAddress broker, ConnectOptions how) {
    return observer.isPresent()
        ? Connection.open(broker, how, observer.get())
        : Connection.open(broker, how);
  }

  private Failure failure(@Nullable BrokerAddress tried, @Nullable StompException last) {
    return tried == null || last == null
        ? Failure.usage("there is no broker to connect to")
        : ConnectFailures.of(last, target.only(tried));
  }
}
