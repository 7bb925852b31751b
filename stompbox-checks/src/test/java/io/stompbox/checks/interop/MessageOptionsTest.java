package io.stompbox.checks.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.stompbox.checks.conformance.kit.Json;
import io.stompbox.client.Acknowledgement;
import io.stompbox.client.BodyCodec;
import io.stompbox.client.Delivery;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.client.SubscribeOptions;
import io.stompbox.client.Subscription;
import io.stompbox.protocol.codec.EncoderOptions.ContentLength;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What messages ask of each broker: it does so, or the client refuses in its name. */
class MessageOptionsTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @RegisterExtension private static final Brokers BROKERS = Brokers.ofOthers();

  private static final BodyCodec<List<Long>> JSON_NUMBERS =
      new BodyCodec<>() {
        @Override
        public String contentType() {
          return "application/json";
        }

        @Override
        public Body encode(List<Long> numbers) {
          return Body.of(numbers.toString());
        }

        @Override
        public List<Long> decode(Delivery delivery) {
          Json.Items items = (Json.Items) Json.parse(delivery.text());
          return items.items().stream().map(item -> ((Json.Whole) item).value()).toList();
        }
      };

  private final String queue = "/queue/" + BROKERS.newName("options");

  @EachBroker
  void aHigherPriorityGoesFirstWhereTheQueueSorts(BrokerUnderTest broker) throws Exception {
    boolean isDeclared = broker.kind() == BrokerKind.RABBITMQ;
    SubscribeOptions how = SubscribeOptions.defaults();
    List<String> texts = new ArrayList<>();
    try (StompClient client = broker.connect(Version.V1_2)) {
      for (int priority : List.of(1, 8)) {
        Outgoing message = Outgoing.to(queue).text("priority " + priority).priority(priority);
        client
            .sendConfirmed(isDeclared ? message.header("x-max-priority", "9") : message)
            .await(LIMIT);
      }
      Subscription subscription =
          client.subscribe(queue, isDeclared ? how.withHeader("x-max-priority", "9") : how);
      texts.add(subscription.receive(LIMIT).orElseThrow().text());
      texts.add(subscription.receive(LIMIT).orElseThrow().text());
    }
    // The embedded Classic keeps the priority, but its queues don't sort by it.
    assertThat(texts)
        .containsExactlyElementsOf(
            broker.kind() == BrokerKind.ACTIVEMQ
                ? List.of("priority 1", "priority 8")
                : List.of("priority 8", "priority 1"));
  }

  @EachBroker
  void whatHasExpiredIsNotGivenOut(BrokerUnderTest broker) throws Exception {
    try (StompClient client = broker.connect(Version.V1_2)) {
      Outgoing message = Outgoing.to(queue);
      Duration hour = Duration.ofHours(1);
      for (Outgoing one :
          List.of(
              message.text("short").expiresAfter(Duration.ofMillis(50)),
              message.text("over").expiresAt(Instant.now().minus(hour)),
              message.text("long").expiresAfter(hour),
              message.text("later").expiresAt(Instant.now().plus(hour)))) {
        client.sendConfirmed(one).await(LIMIT);
      }
      Instant over = Instant.now().plusMillis(100);
      await().atMost(LIMIT).until(() -> Instant.now().isAfter(over));
    }
    assertThat(broker.drain(queue)).containsExactly("long", "later");
  }

  @EachBroker
  void aDelayedMessageIsHeldBackOrRefused(BrokerUnderTest broker) throws Exception {
    Duration delay = Duration.ofMillis(300);
    Outgoing message = Outgoing.to(queue).text("later").delay(delay);
    try (StompClient client = broker.connect(Version.V1_2)) {
      if (broker.kind() == BrokerKind.RABBITMQ) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> client.sendConfirmed(message))
            .withMessageContaining("RabbitMQ has no header for a message with delay of PT0.3S");
        return;
      }
      Subscription subscription = client.subscribe(queue);
      long start = System.nanoTime();
      client.sendConfirmed(message).await(LIMIT);
      Delivery delivery = subscription.receive(LIMIT).orElseThrow();

      assertThat(delivery.text()).isEqualTo("later");
      // The embedded Classic has no scheduler, and gives it out at once.
      if (broker.kind() == BrokerKind.ARTEMIS) {
        assertThat(Duration.ofNanos(System.nanoTime() - start))
            .isGreaterThanOrEqualTo(delay.minusMillis(50));
      }
    }
  }

  @EachBroker
  void messagesOfAGroupGoToOneConsumerOrAreRefused(BrokerUnderTest broker) throws Exception {
    int count = 20;
    CountDownLatch received = new CountDownLatch(count);
    Set<StompClient> consumers = ConcurrentHashMap.newKeySet();
    try (StompClient one = broker.connect(Version.V1_2);
        StompClient other = broker.connect(Version.V1_2)) {
      for (StompClient client : List.of(one, other)) {
        client.subscribe(
            queue,
            delivery -> {
              consumers.add(client);
              received.countDown();
            });
      }
      Outgoing message = Outgoing.to(queue).text("x").group("g");
      if (broker.kind() == BrokerKind.RABBITMQ) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> one.send(message))
            .withMessageContaining("RabbitMQ has no header for a message with group 'g'");
        return;
      }
      for (int i = 0; i < count; i++) {
        one.sendConfirmed(message).await(LIMIT);
      }
      assertThat(received.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(consumers).hasSize(1);
    }
  }

  /** Classic repeats content-length only where the message is one of bytes. */
  @EachBroker
  void withoutContentLengthClassicMakesATextMessage(BrokerUnderTest broker) throws Exception {
    try (StompClient client = broker.connect(Version.V1_2)) {
      Outgoing message = Outgoing.to(queue).text("größer");
      client.sendConfirmed(message).await(LIMIT);
      client.sendConfirmed(message.with(ContentLength.OMITTED)).await(LIMIT);
      Subscription subscription =
          client.subscribe(queue, SubscribeOptions.defaults().with(Acknowledgement.BROKER));
      Delivery bytes = subscription.receive(LIMIT).orElseThrow();
      Delivery text = subscription.receive(LIMIT).orElseThrow();

      assertThat(List.of(bytes.text(), text.text())).containsExactly("größer", "größer");
      if (broker.kind() == BrokerKind.ACTIVEMQ) {
        assertThat(bytes.headers().has("content-length")).isTrue();
        assertThat(text.headers().has("content-length")).isFalse();
      }
    }
  }

  @EachBroker
  void aForwardedMessageHasItsBodyAndTheSendersHeaders(BrokerUnderTest broker) throws Exception {
    String next = queue + "-next";
    try (StompClient client = broker.connect(Version.V1_2)) {
      Outgoing message = Outgoing.to(queue).text("x").header("colour", "red").persistent();
      client.sendConfirmed(message.expiresAfter(Duration.ofHours(1))).await(LIMIT);
      Delivery first = client.subscribe(queue).receive(LIMIT).orElseThrow();
      client.sendConfirmed(first.forwardTo(next)).await(LIMIT);
      Delivery second = client.subscribe(next).receive(LIMIT).orElseThrow();

      assertThat(second.text()).isEqualTo("x");
      assertThat(second.headers().values("colour")).containsExactly("red");
      assertThat(second.headers().values("message-id")).hasSize(1);
      assertThat(second.headers().value("message-id"))
          .isNotEqualTo(first.headers().value("message-id"));
      first.ack();
      second.ack();
    }
  }

  @EachBroker
  void aJsonBodyIsWrittenAndReadByItsCodec(BrokerUnderTest broker) throws Exception {
    try (StompClient client = broker.connect(Version.V1_2)) {
      client.sendConfirmed(Outgoing.to(queue).body(List.of(3L, 1L), JSON_NUMBERS)).await(LIMIT);
      Delivery delivery = client.subscribe(queue).receive(LIMIT).orElseThrow();

      assertThat(delivery.headers().value("content-type")).contains("application/json");
      assertThat(delivery.as(JSON_NUMBERS)).containsExactly(3L, 1L);
      delivery.ack();
    }
  }
}
