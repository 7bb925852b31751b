package io.stompbox.client;

import io.stompbox.protocol.failover.ReconnectPolicy;
import java.util.function.Consumer;

/** What a client is made with, besides its brokers. */
record ClientOptions(
    ConnectOptions connect,
    Bounds bounds,
    ReconnectPolicy reconnect,
    Consumer<StateChange> stateListener) {

  Timeouts timeouts() {
    return connect.timeouts();
  }
}
