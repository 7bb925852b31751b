package io.stompbox.client.pool;

import io.stompbox.client.ClientState;
import io.stompbox.client.StompClient;
import io.stompbox.client.StompClientBuilder;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * How a pool keeps connections.
 *
 * @param most how many connections there are for each broker, besides the shared one
 * @param patience how long to wait for a connection while all are in use
 * @param idle after how long a connection that nobody uses is closed; zero keeps it
 * @param isHealthy asked before a connection is given out and when it comes back; one that is not
 *     healthy, or whose check throws, is closed and another made
 * @param setup completes the builder of each client, for example with credentials
 */
public record PoolOptions(
    int most,
    Duration patience,
    Duration idle,
    Predicate<StompClient> isHealthy,
    UnaryOperator<StompClientBuilder> setup) {

  private static final Set<ClientState> USABLE =
      EnumSet.of(ClientState.CONNECTED, ClientState.RECOVERING);
  private static final PoolOptions DEFAULTS =
      new PoolOptions(
          8,
          Duration.ofSeconds(30),
          Duration.ofMinutes(5),
          client -> USABLE.contains(client.state()),
          builder -> builder);

  /** Refuses what no pool can do. */
  public PoolOptions {
    if (most < 1) {
      throw new IllegalArgumentException(
          "a pool needs at least 1 connection for each broker: " + most);
    }
    if (patience.isNegative()) {
      throw new IllegalArgumentException("patience must not be negative: " + patience);
    }
    if (idle.isNegative()) {
      throw new IllegalArgumentException("idle must not be negative: " + idle);
    }
  }

  /**
   * 8 connections for each broker, 30 s of waiting, closed after 5 minutes, healthy while connected
   * or recovering.
   */
  public static PoolOptions defaults() {
    return DEFAULTS;
  }

  /** Returns them with another number of connections. */
  public PoolOptions withMost(int connections) {
    return new PoolOptions(connections, patience, idle, isHealthy, setup);
  }

  /** Returns them with another time to wait for a connection; zero never waits. */
  public PoolOptions withPatience(Duration limit) {
    return new PoolOptions(most, limit, idle, isHealthy, setup);
  }

  /** Returns them with another time after which connections that nobody uses are closed. */
  public PoolOptions withIdle(Duration limit) {
    return new PoolOptions(most, patience, limit, isHealthy, setup);
  }

  /** Returns them with another check; it must be quick, as it is asked for each message. */
  public PoolOptions withHealthCheck(Predicate<StompClient> check) {
    return new PoolOptions(most, patience, idle, check, setup);
  }

  /** Returns them with another completion of each client's builder. */
  public PoolOptions withSetup(UnaryOperator<StompClientBuilder> completion) {
    return new PoolOptions(most, patience, idle, isHealthy, completion);
  }
}
