package io.stompbox.checks.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stompbox.client.Acknowledgement;
import io.stompbox.client.BrokerErrorException;
import io.stompbox.client.ClientState;
import io.stompbox.client.Confirmation;
import io.stompbox.client.Delivery;
import io.stompbox.client.Outcome;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.client.StompClientBuilder;
import io.stompbox.client.SubscribeOptions;
import io.stompbox.client.Subscription;
import io.stompbox.client.Transaction;
import io.stompbox.protocol.frame.Version;
import io.stompbox.testkit.EmbeddedBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What brokers do against expectation, and that the client copes with it; see docs/brokers.md. */
class QuirksTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final SubscribeOptions MANUAL =
      SubscribeOptions.defaults().with(Acknowledgement.MANUAL);
  @RegisterExtension private static final Brokers BROKERS = Brokers.ofEachKind();

  private final String queue = "/queue/" + BROKERS.newName("quirks");

  /** Classic makes a second consumer of it, without a word. */
  @EachBroker
  void anIdThatIsTakenIsRefusedBeforeTheBrokerHearsOfIt(BrokerUnderTest broker) {
    try (StompClient client = broker.connect(Version.V1_2)) {
      client.subscribe(queue, MANUAL.withId("taken"));

      assertThatIllegalArgumentException()
          .isThrownBy(() -> client.subscribe(queue, MANUAL.withId("taken")))
          .withMessageContaining("there is a subscription with the id 'taken' already");

      assertThat(client.epoch()).isEqualTo(1);
    }
  }

  /** Artemis drops colons that are not escaped; RabbitMQ does not escape those in its ack ids. */
  @EachBroker
  void aSubscriptionIdMayHaveColons(BrokerUnderTest broker) throws Exception {
    try (StompClient client = broker.connect(Version.V1_2)) {
      Subscription subscription = client.subscribe(queue, MANUAL.withId("a:b"));
      client.sendConfirmed(Outgoing.to(queue).text("hello")).await(LIMIT);

      subscription.receive(LIMIT).orElseThrow().ack();
    }
    assertThat(broker.drain(queue)).isEmpty();
  }

  /** All brokers copy what a sender makes up; Artemis has message-id twice then. */
  @EachBroker
  void theBrokersOwnHeaderIsTheFirstOfARepeatedOne(BrokerUnderTest broker) throws Exception {
    assumeTrue(broker.kind() != BrokerKind.RABBITMQ, "RabbitMQ refuses SEND with a message-id");
    try (StompClient client = broker.connect(Version.V1_2)) {
      Subscription subscription = client.subscribe(queue, MANUAL);
      client.sendConfirmed(Outgoing.to(queue).header("message-id", "mine")).await(LIMIT);

      Delivery delivery = subscription.receive(LIMIT).orElseThrow();

      assertThat(delivery.headers().value("message-id")).get().isNotEqualTo("mine");
      delivery.ack();
    }
    assertThat(broker.drain(queue)).isEmpty();
  }

  /** RabbitMQ keeps what was not acknowledged until the connection ends, others give it back. */
  @EachBroker
  void whatASubscriptionLeavesUnacknowledgedComesAgain(BrokerUnderTest broker) throws Exception {
    try (StompClient client = broker.connect(Version.V1_2)) {
      client.sendConfirmed(Outgoing.to(queue).text("left")).await(LIMIT);
      try (Subscription subscription = client.subscribe(queue, MANUAL)) {
        assertThat(subscription.receive(LIMIT)).isPresent();
      }
    }
    assertThat(broker.drain(queue)).containsExactly("left");
  }

  /** What is not acknowledged one by one is lost with the connection that brought it. */
  @EachBroker
  void inAutoModeWhatWasUnderWayIsLost(BrokerUnderTest broker) throws Exception {
    List<String> texts = IntStream.range(0, 20).mapToObj(Integer::toString).toList();
    try (StompClient client = broker.connect(Version.V1_2)) {
      for (String text : texts) {
        client.sendConfirmed(Outgoing.to(queue).text(text)).await(LIMIT);
      }
      client.subscribe(queue, SubscribeOptions.defaults().with(Acknowledgement.BROKER));
      await().atMost(LIMIT).until(() -> client.received().messages() == texts.size());
    }
    assertThat(broker.drain(queue)).isEmpty();
  }

  /** RabbitMQ confirms a send in a transaction after its COMMIT, the others before. */
  @EachBroker
  void aTransactionNeedsNoReceiptButThatOfItsCommit(BrokerUnderTest broker) throws Exception {
    try (StompClient client = broker.connect(Version.V1_2)) {
      Transaction transaction = client.begin();
      transaction.send(Outgoing.to(queue).text("one").persistent());
      transaction.send(Outgoing.to(queue).text("two").persistent());
      transaction.commit();
      // Not drained: what others send can overtake, as RabbitMQ's COMMIT waits for no queue.
      Subscription subscription = client.subscribe(queue);
      assertThat(subscription.receive(LIMIT).orElseThrow().text()).isEqualTo("one");
      assertThat(subscription.receive(LIMIT).orElseThrow().text()).isEqualTo("two");
      assertThat(client.epoch()).isEqualTo(1);
    }
  }

  /** RabbitMQ's ERROR does not say which frame it is for, and its connection stays open. */
  @EachBroker
  void aSubscriptionThatIsRefusedFailsWithTheBrokersWords(BrokerUnderTest broker) {
    assumeTrue(broker.kind() == BrokerKind.RABBITMQ, broker + " takes any destination");
    try (StompClient client = broker.connect(Version.V1_2)) {
      assertThatExceptionOfType(BrokerErrorException.class)
          .isThrownBy(() -> client.subscribe("/exchange/none/key", MANUAL))
          .withMessageContaining("not_found");
    }
  }

  /** An orderly stop closes the connection without a frame. */
  @Test
  void aBrokerThatIsStoppedInOrderIsALossLikeAnyOther() throws Exception {
    EmbeddedBroker first = EmbeddedBroker.start();
    try (StompClient client = StompClient.connect(first.uri())) {
      first.close();
      await().atMost(LIMIT).until(() -> client.state() == ClientState.RECOVERING);
      Confirmation confirmation = client.sendConfirmed(Outgoing.to(queue).text("later"));
      try (EmbeddedBroker second = EmbeddedBroker.start(first.port(), Map.of())) {
        assertThat(second.port()).isEqualTo(first.port());
        assertThat(confirmation.await(LIMIT)).isEqualTo(new Outcome.Confirmed(1, 2, false));
      }
    }
  }

  /** CONNECT is not escaped, but Classic and RabbitMQ undo escapes in it; Artemis does not. */
  @Test
  void onClassicABackslashInAPasscodeIsDoubledByTheProgram() {
    try (EmbeddedBroker broker = EmbeddedBroker.start(0, Map.of("user", "a\\n"))) {
      StompClientBuilder builder = StompClient.builder(broker.uri());
      assertThatExceptionOfType(BrokerErrorException.class)
          .isThrownBy(() -> builder.credentials("user", "a\\n").connect());

      try (StompClient client = builder.credentials("user", "a\\\\n").connect()) {
        assertThat(client.epoch()).isEqualTo(1);
      }
    }
  }
}
