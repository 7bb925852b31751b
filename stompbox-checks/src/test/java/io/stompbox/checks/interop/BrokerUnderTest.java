package io.stompbox.checks.interop;

import io.stompbox.checks.interop.BrokerKind.RunningBroker;
import io.stompbox.client.ConnectOptions;
import io.stompbox.client.Delivery;
import io.stompbox.client.Offer;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.client.Subscription;
import io.stompbox.protocol.failover.BackOff;
import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.protocol.frame.Version;
import io.stompbox.testkit.FaultProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A real broker for the tests of one class. It is started by the first test that needs it, so that
 * a test of a broker that can't be started is skipped by itself. Used by one thread.
 */
final class BrokerUnderTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final BrokerKind kind;
  private @Nullable RunningBroker running;
  private @Nullable FaultProxy proxy;

  BrokerUnderTest(BrokerKind kind) {
    this.kind = kind;
  }

  BrokerKind kind() {
    return kind;
  }

  /** Starts it unless it runs. */
  void start() {
    running();
  }

  /** Returns the port of the broker on 127.0.0.1. */
  int port() {
    return running().port();
  }

  /** Returns the address of the broker. */
  String uri() {
    return kind.uri(running().port());
  }

  /** Returns the address of the broker by way of {@link #proxy()}. */
  String proxiedUri() {
    return kind.uri(proxy().port());
  }

  private RunningBroker running() {
    if (running == null) {
      running = kind.start();
    }
    return running;
  }

  FaultProxy proxy() {
    if (proxy == null) {
      proxy = FaultProxy.to("127.0.0.1", running().port());
    }
    return proxy;
  }

  /** Returns another proxy, whose connections count from 1. The caller closes it. */
  FaultProxy newProxy() {
    return FaultProxy.to("127.0.0.1", running().port());
  }

  /** Returns a client that talks by way of a proxy, and connects again within milliseconds. */
  StompClient connect(FaultProxy through) {
    return connect(through, ConnectOptions.defaults());
  }

  /** As the other, with other options than those by default. */
  StompClient connect(FaultProxy through, ConnectOptions options) {
    BackOff quick =
        new BackOff(Duration.ofMillis(10), Duration.ofMillis(100), 2, new BackOff.Jitter.None());
    return StompClient.builder(kind.uri(through.port()))
        .connect(options)
        .reconnect(ReconnectPolicy.standard().with(quick))
        .connect();
  }

  /** Returns a client that offers one version only. */
  StompClient connect(Version version) {
    return StompClient.builder(uri()).offer(Offer.standard().with(Set.of(version))).connect();
  }

  /** Removes all messages from a queue that nobody else reads, and returns their texts. */
  List<String> drain(String queue) throws InterruptedException {
    String last = "the last message of " + queue;
    List<String> texts = new ArrayList<>();
    try (StompClient client = connect(Version.V1_2)) {
      client.sendConfirmed(Outgoing.to(queue).text(last)).await(LIMIT);
      Subscription subscription = client.subscribe(queue);
      Delivery delivery = subscription.receive(LIMIT).orElseThrow();
      while (!delivery.text().equals(last)) {
        texts.add(delivery.text());
        delivery = subscription.receive(LIMIT).orElseThrow();
      }
      delivery.ack();
    }
    return texts;
  }

  /** Stops it if it runs. */
  void stop() {
    if (proxy != null) {
      proxy.close();
      proxy = null;
    }
    if (running != null) {
      running.stop().run();
      running = null;
    }
  }

  @Override
  public String toString() {
    return kind.toString();
  }
}
