package io.stompbox.checks.scenarios;

import io.stompbox.checks.invariants.Invariants;
import io.stompbox.client.Confirmation;
import io.stompbox.client.Delivery;
import io.stompbox.client.StompClient;
import io.stompbox.client.Transaction;
import io.stompbox.testkit.FaultProxy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The client of a scenario, and everything that its statements give a name. */
final class Actor implements AutoCloseable {
  private final ClientSettings settings;
  private final List<FaultProxy> proxies;
  private final Invariants invariants;
  private final Changes changes = new Changes();
  private final Named<Confirmation> confirmations = new Named<>("confirmation");
  private final Named<Consumption> consumptions = new Named<>("subscription");
  private final Named<Delivery> deliveries = new Named<>("message");
  private final Named<Transaction> transactions = new Named<>("transaction");

  private volatile @Nullable StompClient client;

  Actor(List<String> brokers, List<FaultProxy> proxies, Invariants invariants) {
    this.settings = new ClientSettings(brokers);
    this.proxies = List.copyOf(proxies);
    this.invariants = invariants;
  }

  /** The proxy before the first broker that has one. */
  FaultProxy proxy() {
    if (proxies.isEmpty()) {
      throw new AssertionError("there is no proxy; give the broker a section 'proxy'");
    }
    return proxies.get(0);
  }

  ClientSettings settings() {
    return settings;
  }

  /** Connects with the settings so far. */
  void connect() {
    client =
        invariants.connect(base -> settings.builder(base).onStateChange(changes::add).connect());
  }

  StompClient client() {
    StompClient connected = client;
    if (connected == null) {
      throw new AssertionError("there is no client yet; 'connect' makes it");
    }
    return connected;
  }

  /** What its sends are made by, and counted. */
  Invariants invariants() {
    return invariants;
  }

  /** All changes of state so far. */
  Changes changes() {
    return changes;
  }

  Named<Confirmation> confirmations() {
    return confirmations;
  }

  Named<Consumption> consumptions() {
    return consumptions;
  }

  Named<Delivery> deliveries() {
    return deliveries;
  }

  Named<Transaction> transactions() {
    return transactions;
  }

  @Override
  public void close() {
    StompClient last = client;
    if (last != null) {
      last.close();
    }
  }
}
