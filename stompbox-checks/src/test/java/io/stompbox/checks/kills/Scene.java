package io.stompbox.checks.kills;

import io.stompbox.checks.interop.KillableBroker;
import io.stompbox.client.Acknowledgement;
import io.stompbox.client.ConnectOptions;
import io.stompbox.client.Delivery;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.client.SubscribeOptions;
import io.stompbox.client.Subscription;
import io.stompbox.client.Timeouts;
import io.stompbox.protocol.failover.BackOff;
import io.stompbox.protocol.failover.BackOff.Jitter;
import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.protocol.frame.Header;
import java.time.Duration;

/** A broker with an empty store, what is to be done with it, and clients and messages for it. */
final class Scene implements AutoCloseable {
  private static final String QUEUE = "/queue/kills";

  /** For one message or receipt; longer than a broker takes to start on a busy machine. */
  static final Duration LIMIT = Duration.ofMinutes(5);

  /** How long sends wait, for a broker with much in its store starts slowly. */
  private static final Timeouts PATIENT = Timeouts.defaults().withSpace(LIMIT).withDelivery(LIMIT);

  private static final String LAST = "last";

  /** One is enough if nothing is late. */
  private static final int LATER_QUEUES = 3;

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

  /** Starts a broker with the queue, which is empty. */
  static Scene start(KilledBroker kind, Load load) throws InterruptedException {
    Scene scene = new Scene(kind, load);
    try {
      if (kind.forgetsNewQueues()) {
        scene.settleQueue();
      }
      return scene;
    } catch (InterruptedException | RuntimeException e) {
      scene.close();
      throw e;
    }
  }

  /**
   * RabbitMQ's Mnesia writes that a declaration is committed after it has synced its log, so up to
   * two seconds pass until that is in the file, unless the next declaration is synced before. What
   * is not said to be committed is undone when the node starts again.
   */
  private void settleQueue() throws InterruptedException {
    try (StompClient client = connect();
        Subscription declaring = subscribe(client, SubscribeOptions.defaults())) {
      for (int i = 0; i < LATER_QUEUES; i++) {
        String other = declaring.destination() + "-" + i;
        client.sendConfirmed(toQueue(other).text(LAST)).await(LIMIT);
      }
    }
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
        .connect(options.with(PATIENT))
        .reconnect(ReconnectPolicy.standard().with(QUICK))
        .onStateChange(outages)
        .connect();
  }

  /** Returns a persistent message of 100 octets, more or less. */
  Outgoing message(int number) {
    return transientMessage(number).persistent();
  }

  /** Returns one that the broker need not store. */
  Outgoing transientMessage(int number) {
    return toQueue(QUEUE).text(number + FILLING);
  }

  private Outgoing toQueue(String destination) {
    Outgoing message = Outgoing.to(destination);
    for (Header header : kind.queue()) {
      message = message.header(header.name(), header.value());
    }
    return message;
  }

  /** Subscribes to the queue. */
  Subscription subscribe(StompClient client, SubscribeOptions options) {
    SubscribeOptions complete = options;
    for (Header header : kind.queue()) {
      complete = complete.withHeader(header.name(), header.value());
    }
    return client.subscribe(QUEUE, complete);
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
      client.sendConfirmed(toQueue(QUEUE).text(LAST).persistent()).await(LIMIT);
      Subscription subscription = subscribe(client, batched);
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
