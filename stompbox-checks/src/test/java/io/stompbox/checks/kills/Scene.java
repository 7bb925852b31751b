package io.stompbox.checks.kills;

import io.stompbox.checks.interop.KillableBroker;
import io.stompbox.client.Acknowledgement;
import io.stompbox.client.ConnectOptions;
import io.stompbox.client.Delivery;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.client.SubscribeOptions;
import io.stompbox.client.Subscription;
import io.stompbox.protocol.failover.BackOff;
import io.stompbox.protocol.failover.BackOff.Jitter;
import io.stompbox.protocol.failover.ReconnectPolicy;
import java.time.Duration;

/** A broker with an empty store, what is to be done with it, and clients and messages for it. */
final class Scene implements AutoCloseable {
  static final String QUEUE = "/queue/kills";

  /** For one message or receipt; longer than a broker takes to start on a busy machine. */
  static final Duration LIMIT = Duration.ofMinutes(2);

  private static final String LAST = "last";
  private static final String FILLING = "-".repeat(90);

  /** Short delays, so that most of the time goes into messages. */
  private static final BackOff QUICK =
      new BackOff(Duration.ofMillis(20), Duration.ofMillis(500), 2, new Jitter.Full());

  private final KilledBroker kind;
  private final Load load;
  private final KillableBroker broker;

  private Scene(KilledBroker kind, Load load) {
    this.kind = kind;
    this.load = load;
    this.broker = kind.start();
  }

  static Scene start(KilledBroker kind, Load load) {
    return new Scene(kind, load);
  }

  KilledBroker kind() {
    return kind;
  }

  Load load() {
    return load;
  }

  KillableBroker broker() {
    return broker;
  }

  StompClient connect() {
    return connect(ConnectOptions.defaults(), new Outages());
  }

  StompClient connect(ConnectOptions options, Outages outages) {
    return StompClient.builder(kind.uri(broker))
        .connect(options)
        .reconnect(ReconnectPolicy.standard().with(QUICK))
        .onStateChange(outages)
        .connect();
  }

  /** Returns a persistent message of 100 octets, more or less. */
  static Outgoing message(int number) {
    return transientMessage(number).persistent();
  }

  /** Returns one that the broker need not store. */
  static Outgoing transientMessage(int number) {
    return Outgoing.to(QUEUE).text(number + FILLING);
  }

  static int number(Delivery delivery) {
    return Integer.parseInt(delivery.text().replace(FILLING, ""));
  }

  /** Reads the queue until it is empty. */
  Arrivals drain() throws InterruptedException {
    Arrivals arrivals = new Arrivals();
    SubscribeOptions batched =
        SubscribeOptions.defaults().with(Acknowledgement.BATCHED).withPrefetch(1000);
    try (StompClient client = connect()) {
      client.sendConfirmed(Outgoing.to(QUEUE).text(LAST).persistent()).await(LIMIT);
      Subscription subscription = client.subscribe(QUEUE, batched);
      Delivery delivery = subscription.receive(LIMIT).orElseThrow();
      while (!delivery.text().equals(LAST)) {
        arrivals.add(number(delivery));
        delivery = subscription.receive(LIMIT).orElseThrow();
      }
    }
    return arrivals;
  }

  @Override
  public void close() {
    broker.close();
  }
}
