package io.stompbox.checks.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.stompbox.client.Delivery;
import io.stompbox.client.Offer;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.client.SubscribeOptions;
import io.stompbox.client.Subscription;
import io.stompbox.protocol.frame.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What subscriptions ask of each broker: it does so, or the client refuses in its name. */
class ReadingOptionsTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final SubscribeOptions PLAIN = SubscribeOptions.defaults();

  @RegisterExtension private static final Brokers BROKERS = Brokers.ofOthers();

  private final String name = BROKERS.newName("reading");
  private final String queue = "/queue/" + name;
  private final String topic = "/topic/" + name;

  @EachBroker
  void aSelectorSelectsOrIsRefused(BrokerUnderTest broker) throws Exception {
    SubscribeOptions red = PLAIN.selector("colour = 'red'");
    try (StompClient client = broker.connect(Version.V1_2)) {
      if (broker.kind() == BrokerKind.RABBITMQ) {
        assertRefused(client, red, "RabbitMQ has no header for a subscription with the selector");
        return;
      }
      send(client, Outgoing.to(queue).text("no").header("colour", "blue"));
      send(client, Outgoing.to(queue).text("yes").header("colour", "red"));
      Subscription subscription = client.subscribe(queue, red);
      Delivery delivery = subscription.receive(LIMIT).orElseThrow();
      assertThat(delivery.text()).isEqualTo("yes");
      delivery.ack();
    }
    assertThat(broker.drain(queue)).containsExactly("no");
  }

  @EachBroker
  void aDurableSubscriptionIsResumedByItsNameAndRemovedForGood(BrokerUnderTest broker)
      throws Exception {
    try (StompClient client = connectAs(name, broker)) {
      client.subscribe(topic, PLAIN.durable(name));
    }
    publish(broker, "while away");
    try (StompClient client = connectAs(name, broker)) {
      Subscription resumed = client.subscribe(topic, PLAIN.durable(name));
      Delivery delivery = resumed.receive(LIMIT).orElseThrow();
      assertThat(delivery.text()).isEqualTo("while away");
      delivery.ack();
      resumed.remove();
    }
    publish(broker, "to nobody");
    try (StompClient client = connectAs(name, broker)) {
      Subscription made = client.subscribe(topic, PLAIN.durable(name));
      publish(broker, "to a new one");
      Delivery delivery = made.receive(LIMIT).orElseThrow();
      assertThat(delivery.text()).isEqualTo("to a new one");
      delivery.ack();
      made.remove();
      assertThat(client.epoch()).isEqualTo(1);
    }
  }

  @EachBroker
  void anExclusiveConsumerGetsEverythingOrIsRefused(BrokerUnderTest broker) throws Exception {
    try (StompClient client = broker.connect(Version.V1_2);
        StompClient other = broker.connect(Version.V1_2)) {
      if (broker.kind() != BrokerKind.ACTIVEMQ) {
        assertRefused(client, PLAIN.exclusive(), " has no header for an exclusive subscription");
        return;
      }
      Subscription shared = other.subscribe(queue);
      Subscription exclusive = client.subscribe(queue, PLAIN.exclusive());
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        send(client, Outgoing.to(queue).text("x"));
        texts.add(exclusive.receive(LIMIT).orElseThrow().text());
      }
      assertThat(texts).hasSize(10);
      assertThat(shared.receive(Duration.ofMillis(1))).isEmpty();
    }
  }

  @EachBroker
  void browsingShowsWhatIsThereAndLeavesItOrIsRefused(BrokerUnderTest broker) throws Exception {
    try (StompClient client = broker.connect(Version.V1_2)) {
      if (broker.kind() != BrokerKind.ACTIVEMQ) {
        assertRefused(client, PLAIN.browse(), " has no header for browsing");
        return;
      }
      List<String> sent = List.of("1", "2", "3");
      for (String text : sent) {
        send(client, Outgoing.to(queue).text(text));
      }
      List<String> seen = new ArrayList<>();
      Subscription browser = client.subscribe(queue, PLAIN.browse());
      browser.forEach(delivery -> seen.add(delivery.text()));

      assertThat(seen).isEqualTo(sent);
      assertThat(browser.failure()).isEmpty();
      assertThat(client.epoch()).isEqualTo(1);
    }
    assertThat(broker.drain(queue)).containsExactly("1", "2", "3");
  }

  private void assertRefused(StompClient client, SubscribeOptions options, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> client.subscribe(queue, options))
        .withMessageContaining(message);
  }

  private static void send(StompClient client, Outgoing message) throws InterruptedException {
    client.sendConfirmed(message).await(LIMIT);
  }

  private void publish(BrokerUnderTest broker, String text) throws InterruptedException {
    try (StompClient client = broker.connect(Version.V1_2)) {
      send(client, Outgoing.to(topic).text(text).persistent());
    }
  }

  private static StompClient connectAs(String clientId, BrokerUnderTest broker) {
    return StompClient.builder(broker.uri())
        .offer(Offer.standard().withHeader("client-id", clientId))
        .connect();
  }
}
