package io.stompbox.checks.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stompbox.client.Acknowledgement;
import io.stompbox.client.BrokerProfile;
import io.stompbox.client.BrokerProfile.Durable;
import io.stompbox.client.BrokerProfile.Expiry;
import io.stompbox.client.BrokerProfile.NackEffect;
import io.stompbox.client.BrokerProfile.Quirk;
import io.stompbox.client.Confirmation;
import io.stompbox.client.ConnectOptions;
import io.stompbox.client.Delivery;
import io.stompbox.client.FrameLimits;
import io.stompbox.client.Offer;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.client.SubscribeOptions;
import io.stompbox.client.Subscription;
import io.stompbox.client.Transaction;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Header;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.StompException;
import io.stompbox.protocol.frame.Version;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whether each broker does what its profile says. */
class ProfileTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final SubscribeOptions MANUAL =
      SubscribeOptions.defaults().with(Acknowledgement.MANUAL);

  /** Those that have a profile. */
  @RegisterExtension private static final Brokers BROKERS = Brokers.ofOthers();

  private final String name = BROKERS.newName("profile");
  private final String queue = "/queue/" + name;

  @EachBroker
  void theProfileIsFoundByWhatTheBrokerCallsItself(BrokerUnderTest broker) {
    try (StompClient client = broker.connect(Version.V1_2)) {
      assertThat(client.profile()).isEqualTo(profile(broker));
    }
  }

  private static BrokerProfile profile(BrokerUnderTest broker) {
    return switch (broker.kind()) {
      case ACTIVEMQ -> BrokerProfile.ACTIVEMQ;
      case ARTEMIS -> BrokerProfile.ARTEMIS;
      case RABBITMQ -> BrokerProfile.RABBITMQ;
      case QUEUES -> BrokerProfile.GENERIC;
    };
  }

  @EachBroker
  void whatIsRefusedGoesWhereTheProfileSays(BrokerUnderTest broker) throws Exception {
    try (StompClient client = broker.connect(Version.V1_2)) {
      client.sendConfirmed(Outgoing.to(queue).text("no").persistent()).await(LIMIT);
      Subscription subscription = client.subscribe(queue, MANUAL);
      subscription.receive(LIMIT).orElseThrow().nack();
      if (profile(broker).nackEffect() == NackEffect.REDELIVER) {
        Delivery again = subscription.receive(LIMIT).orElseThrow();
        assertThat(again.isRedelivered()).isTrue();
        again.ack();
      }
    }
    assertThat(broker.drain(queue)).isEmpty();
    if (broker.kind() != BrokerKind.RABBITMQ) {
      boolean keeps = profile(broker).nackEffect() == NackEffect.DEAD_LETTER;
      assertThat(broker.drain("/queue/ActiveMQ.DLQ")).isEqualTo(keeps ? List.of("no") : List.of());
    }
  }

  @EachBroker
  void expiryIsCountedAsTheProfileSays(BrokerUnderTest broker) throws Exception {
    Expiry expiry = Objects.requireNonNull(profile(broker).headers().expiry());
    Instant start = Instant.now();
    try (StompClient client = broker.connect(Version.V1_2)) {
      send(client, "short", expiry.header(Duration.ofMillis(50), start));
      send(client, "long", expiry.header(Duration.ofHours(1), start));
      Instant over = Instant.now().plusMillis(60);
      await().atMost(LIMIT).until(() -> Instant.now().isAfter(over));
    }
    assertThat(broker.drain(queue)).containsExactly("long");
  }

  @EachBroker
  void anIdThatWasSeenIsDroppedIfTheProfileHasAHeaderForIt(BrokerUnderTest broker)
      throws Exception {
    String header = profile(broker).headers().duplicateDetection();
    assumeTrue(header != null, broker + " does not look for duplicates");
    try (StompClient client = broker.connect(Version.V1_2)) {
      send(client, "once", new Header(header, name + "-1"));
      send(client, "once", new Header(header, name + "-1"));
      send(client, "twice", new Header(header, name + "-2"));
    }
    assertThat(broker.drain(queue)).containsExactly("once", "twice");
  }

  private void send(StompClient client, String text, Header header) throws InterruptedException {
    Outgoing message = Outgoing.to(queue).text(text).header(header.name(), header.value());
    client.sendConfirmed(message).await(LIMIT);
  }

  /** Artemis counts octets, so the messages have as many as the profile takes for one. */
  @EachBroker
  void noMoreMessagesThanAskedForAreUnderWay(BrokerUnderTest broker) throws Exception {
    try (StompClient client = broker.connect(Version.V1_2)) {
      for (int i = 0; i < 10; i++) {
        client.sendConfirmed(Outgoing.to(queue).bytes(new byte[10_000])).await(LIMIT);
      }
      Subscription subscription = client.subscribe(queue, MANUAL.withPrefetch(2));
      assertThat(subscription.receive(LIMIT)).isPresent();
      assertThat(subscription.receive(LIMIT)).isPresent();
      // Brokers answer in order: what they would have given out without being asked is here by
      // then.
      client.sendConfirmed(Outgoing.to(queue).text("mark")).await(LIMIT);

      assertThat(client.received().messages()).isLessThanOrEqualTo(3);
    }
    // Artemis puts back what a connection had taken some time after it has ended.
    List<String> left = new ArrayList<>();
    await().atMost(LIMIT).until(() -> left.addAll(broker.drain(queue)) && left.size() >= 11);
    assertThat(left).hasSize(11);
  }

  @EachBroker
  void aDurableSubscriptionKeepsMessagesWhileTheSubscriberIsAway(BrokerUnderTest broker)
      throws Exception {
    SubscribeOptions durable = durable(broker);
    try (StompClient client = connectAs(name, broker)) {
      client.subscribe("/topic/" + name, durable);
    }
    try (StompClient other = broker.connect(Version.V1_2)) {
      other.sendConfirmed(Outgoing.to("/topic/" + name).text("kept").persistent()).await(LIMIT);
    }
    try (StompClient client = connectAs(name, broker)) {
      Delivery delivery = client.subscribe("/topic/" + name, durable).receive(LIMIT).orElseThrow();
      assertThat(delivery.text()).isEqualTo("kept");
      delivery.ack();
    }
  }

  @EachBroker
  void aDurableSubscriptionIsTheSameOnTheNextConnection(BrokerUnderTest broker) throws Exception {
    assertKeepsMessagesWhileCutOff(broker, durable(broker));
  }

  /** RabbitMQ names the queue by the id, which the client changes with each connection. */
  @EachBroker
  void aDurableSubscriptionKnownByItsIdIsTheSameOnTheNextConnection(BrokerUnderTest broker)
      throws Exception {
    assumeTrue(broker.kind() == BrokerKind.RABBITMQ, broker + " wants a name");
    assertKeepsMessagesWhileCutOff(
        broker,
        MANUAL.withId(name).withHeader("durable", "true").withHeader("auto-delete", "false"));
  }

  private void assertKeepsMessagesWhileCutOff(BrokerUnderTest broker, SubscribeOptions durable)
      throws InterruptedException {
    WireTap tap = new WireTap(Version.V1_2);
    ConnectOptions options =
        ConnectOptions.defaults().with(tap).with(Offer.standard().withHeader("client-id", name));
    try (StompClient client = StompClient.builder(broker.proxiedUri()).connect(options).connect()) {
      Subscription subscription = client.subscribe("/topic/" + name, durable);
      tap.shutGate();
      await().atMost(LIMIT).until(() -> broker.proxy().connections() == 1);
      broker.proxy().cut();
      try (StompClient other = broker.connect(Version.V1_2)) {
        other.sendConfirmed(Outgoing.to("/topic/" + name).text("kept").persistent()).await(LIMIT);
      }
      tap.openGate();

      Delivery delivery = subscription.receive(LIMIT).orElseThrow();

      assertThat(delivery.text()).isEqualTo("kept");
      assertThat(delivery.epoch()).isEqualTo(2);
      delivery.ack();
    }
  }

  private SubscribeOptions durable(BrokerUnderTest broker) {
    Durable durable = Objects.requireNonNull(profile(broker).headers().durable());
    return durable.named(name, MANUAL);
  }

  private static StompClient connectAs(String clientId, BrokerUnderTest broker) {
    return StompClient.builder(broker.uri())
        .offer(Offer.standard().withHeader("client-id", clientId))
        .connect();
  }

  /** Refuses nothing early. */
  private static BrokerProfile trusting(BrokerUnderTest broker) {
    return new BrokerProfile(
        "trusting",
        profile(broker).headers(),
        NackEffect.UNKNOWN,
        broker.kind() == BrokerKind.RABBITMQ ? Set.of(Quirk.ACK_IDS_REPEAT) : Set.of(),
        FrameLimits.NONE,
        profile(broker).replies());
  }

  @EachBroker
  void anAckInATransactionWaitsUnlessTheProfileSaysOtherwise(BrokerUnderTest broker)
      throws Exception {
    try (StompClient client =
        StompClient.builder(broker.uri()).profile(trusting(broker)).connect()) {
      client.sendConfirmed(Outgoing.to(queue).text("one")).await(LIMIT);
      Delivery delivery = client.subscribe(queue, MANUAL).receive(LIMIT).orElseThrow();
      Transaction transaction = client.begin();
      transaction.ack(delivery);
      transaction.abort();
    }
    boolean isGone = profile(broker).quirks().contains(Quirk.ACKS_IGNORE_TRANSACTIONS);
    assertThat(broker.drain(queue)).isEqualTo(isGone ? List.of() : List.of("one"));
  }

  @EachBroker
  void aNackInATransactionWaitsUnlessTheProfileSaysOtherwise(BrokerUnderTest broker)
      throws Exception {
    try (StompClient client =
        StompClient.builder(broker.uri()).profile(trusting(broker)).connect()) {
      client.sendConfirmed(Outgoing.to(queue).text("one").persistent()).await(LIMIT);
      Delivery delivery = client.subscribe(queue, MANUAL).receive(LIMIT).orElseThrow();
      Transaction transaction = client.begin();
      transaction.nack(delivery);
      if (profile(broker).quirks().contains(Quirk.NACKS_NOT_IN_TRANSACTIONS)) {
        // By an ERROR, which may come behind the RECEIPT of what was sent later.
        await().atMost(LIMIT).until(() -> client.epoch() > 1);
      } else {
        client.sendConfirmed(Outgoing.to(queue + "-other")).await(LIMIT);
        assertThat(client.epoch()).isEqualTo(1);
      }
      transaction.close();
    }
    boolean isGone = profile(broker).quirks().contains(Quirk.ACKS_IGNORE_TRANSACTIONS);
    assertThat(broker.drain(queue)).isEqualTo(isGone ? List.of() : List.of("one"));
  }

  @EachBroker
  void theConnectionEndsWithAnErrorUnlessTheProfileSaysOtherwise(BrokerUnderTest broker)
      throws IOException {
    try (RawClient client = RawClient.connect(broker.port())) {
      client.write("SEND\n\nto nobody^@");
      assertThat(client.read().orElseThrow().command()).isEqualTo(Command.ERROR);
      client.write("SEND\ndestination:" + queue + "\nreceipt:r\n\nto somebody^@");

      assertThat(client.read().isPresent())
          .isEqualTo(profile(broker).quirks().contains(Quirk.OPEN_AFTER_ERROR));
    } catch (IOException e) {
      // A connection that was closed may be reset when more is written.
      assertThat(profile(broker).quirks()).doesNotContain(Quirk.OPEN_AFTER_ERROR);
    }
  }

  /** With what the broker adds it has more headers than the broker itself would take. */
  @EachBroker
  void aMessageAtTheLimitsOfTheBrokerIsConfirmedAndReceived(BrokerUnderTest broker)
      throws Exception {
    FrameLimits limits = profile(broker).limits();
    assumeTrue(!limits.equals(FrameLimits.NONE), broker + " has no limits");
    try (StompClient client = broker.connect(Version.V1_2)) {
      // Besides them: destination, receipt, content-length.
      client.sendConfirmed(withHeaders(limits.headers() - 3)).await(LIMIT);
      client.sendConfirmed(withLine(limits.headerOctets())).await(LIMIT);
      assertThat(client.epoch()).isEqualTo(1);
    }
    assertThat(broker.drain(queue)).hasSize(2);
  }

  @EachBroker
  void aMessageBeyondTheLimitsOfTheBrokerIsNotSent(BrokerUnderTest broker) throws Exception {
    FrameLimits limits = profile(broker).limits();
    assumeTrue(!limits.equals(FrameLimits.NONE), broker + " has no limits");
    try (StompClient client = broker.connect(Version.V1_2)) {
      for (Outgoing large :
          List.of(withHeaders(limits.headers() - 2), withLine(limits.headerOctets() + 1))) {
        assertThatExceptionOfType(IllegalFrameException.class)
            .isThrownBy(() -> client.sendConfirmed(large))
            .withMessageContaining("the broker takes at most");
      }
      client.sendConfirmed(Outgoing.to(queue).text("small")).await(LIMIT);
      assertThat(client.epoch()).isEqualTo(1);
    }
    assertThat(broker.drain(queue)).containsExactly("small");
  }

  @EachBroker
  void aMessageBeyondTheLimitsWouldEndTheConnection(BrokerUnderTest broker) throws Exception {
    FrameLimits limits = profile(broker).limits();
    assumeTrue(!limits.equals(FrameLimits.NONE), broker + " has no limits");
    try (StompClient client =
        StompClient.builder(broker.uri()).profile(BrokerProfile.GENERIC).connect()) {
      for (Outgoing large :
          List.of(withHeaders(limits.headers() - 2), withLine(limits.headerOctets() + 1))) {
        Confirmation confirmation = client.sendConfirmed(large);
        assertThatExceptionOfType(StompException.class).isThrownBy(() -> confirmation.await(LIMIT));
      }
      assertThat(client.epoch()).isGreaterThan(1);
    }
    assertThat(broker.drain(queue)).isEmpty();
  }

  private Outgoing withHeaders(int count) {
    return IntStream.range(0, count)
        .boxed()
        .reduce(
            Outgoing.to(queue).bytes(new byte[1]),
            (message, i) -> message.header("h" + i, "v"),
            (one, other) -> other);
  }

  private Outgoing withLine(int octets) {
    return Outgoing.to(queue).bytes(new byte[1]).header("h", "v".repeat(octets - 2));
  }
}
