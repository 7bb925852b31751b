package io.stompbox.checks.interop;

import org.jspecify.annotations.Nullable;

/** The broker that the tests of a class share. Used by one thread. */
final class SharedBroker {
  private @Nullable BrokerUnderTest running;

  /** Returns the running broker; starts it for the first test. */
  BrokerUnderTest of(BrokerKind kind) {
    BrokerUnderTest broker = running;
    if (broker == null) {
      broker = kind.start();
      running = broker;
    }
    return broker;
  }

  void stop() {
    BrokerUnderTest broker = running;
    running = null;
    if (broker != null) {
      broker.close();
    }
  }
}
