package io.stompbox.checks.interop;

import io.stompbox.client.Delivery;
import io.stompbox.client.Offer;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.client.Subscription;
import io.stompbox.protocol.frame.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A real broker that runs for a while.
 *
 * @param port where it listens on 127.0.0.1
 * @param stop ends it
 */
record BrokerUnderTest(BrokerKind kind, int port, Runnable stop) implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** Returns a client that offers one version only. */
  StompClient connect(Version version) {
    return StompClient.builder(kind.uri(port))
        .offer(Offer.standard().with(Set.of(version)))
        .connect();
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

  @Override
  public void close() {
    stop.run();
  }
}
