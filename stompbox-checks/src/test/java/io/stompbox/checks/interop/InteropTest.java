package io.stompbox.checks.interop;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stompbox.client.AckResult;
import io.stompbox.client.Acknowledgement;
import io.stompbox.client.CloseReport;
import io.stompbox.client.Confirmation;
import io.stompbox.client.Delivery;
import io.stompbox.client.Outcome;
import io.stompbox.client.Outgoing;
import io.stompbox.client.SendCounts;
import io.stompbox.client.StompClient;
import io.stompbox.client.SubscribeOptions;
import io.stompbox.client.Subscription;
import io.stompbox.client.Transaction;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.provider.Arguments;

/** What everybody does with a broker, with each broker and in each version. */
class InteropTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(10);
  private static final int COUNT = 1000;
  private static final List<String> TEXTS =
      IntStream.range(0, COUNT).mapToObj(number -> "message " + number).toList();
  private static final SubscribeOptions MANUAL =
      SubscribeOptions.defaults().with(Acknowledgement.MANUAL);
  @RegisterExtension private static final Brokers BROKERS = Brokers.ofEachKind();

  private final String queue = "/queue/" + BROKERS.newName("interop");

  static Stream<Arguments> brokersInEachVersion() {
    return BROKERS.with(List.of(Version.values()));
  }

  @EachBroker
  void eachBrokerIsOfTheKindThatIsToBeTested(BrokerUnderTest broker) {
    try (StompClient client = broker.connect(Version.V1_2)) {
      assertThat(client.agreement().server().orElseThrow()).startsWith(broker.kind().server());
    }
  }

  @EachBrokerAndVersion
  void onlyTheVersionThatIsOfferedIsAgreed(BrokerUnderTest broker, Version version) {
    try (StompClient client = broker.connect(version)) {
      assertThat(client.agreement().version()).isEqualTo(version);
    }
  }

  @EachBrokerAndVersion
  void aHandlerGetsConfirmedMessagesInOrder(BrokerUnderTest broker, Version version)
      throws Exception {
    assertHandlerGetsAll(broker, version, Acknowledgement.AFTER_PROCESSING);
  }

  @EachBrokerAndVersion
  void aHandlerGetsConfirmedMessagesInOrderAndAcknowledgesThemInBatches(
      BrokerUnderTest broker, Version version) throws Exception {
    assertHandlerGetsAll(broker, version, Acknowledgement.BATCHED);
  }

  private void assertHandlerGetsAll(
      BrokerUnderTest broker, Version version, Acknowledgement acknowledgement) throws Exception {
    List<String> handled = Collections.synchronizedList(new ArrayList<>());
    StompClient client = broker.connect(version);
    try (client) {
      client.subscribe(
          queue,
          SubscribeOptions.defaults().with(acknowledgement),
          delivery -> handled.add(delivery.text()));
      assertThat(sendAllConfirmed(client)).isEqualTo(confirmedOnce());
      await().atMost(LIMIT).pollInterval(POLL).until(() -> handled.size() >= COUNT);
    }

    assertThat(handled).isEqualTo(TEXTS);
    assertThat(broker.drain(queue)).isEmpty();
  }

  @EachBrokerAndVersion
  void confirmedMessagesCanBePulledInOrder(BrokerUnderTest broker, Version version)
      throws Exception {
    List<String> pulled = new ArrayList<>();
    try (StompClient client = broker.connect(version)) {
      Subscription subscription = client.subscribe(queue);
      assertThat(sendAllConfirmed(client)).isEqualTo(confirmedOnce());
      for (int i = 0; i < COUNT; i++) {
        pulled.add(next(subscription).text());
      }
      // Asking for another acknowledges the last.
      assertThat(subscription.receive(Duration.ZERO)).isEmpty();
    }

    assertThat(pulled).isEqualTo(TEXTS);
    assertThat(broker.drain(queue)).isEmpty();
  }

  @EachBrokerAndVersion
  void confirmedMessagesCanBeIteratedInOrderAndAcknowledgedByHand(
      BrokerUnderTest broker, Version version) throws Exception {
    List<String> pulled = new ArrayList<>();
    try (StompClient client = broker.connect(version)) {
      assertThat(sendAllConfirmed(client)).isEqualTo(confirmedOnce());
      Subscription subscription = client.subscribe(queue, MANUAL);
      for (Delivery delivery : subscription) {
        pulled.add(delivery.text());
        assertThat(delivery.ack()).isEqualTo(AckResult.SENT);
        if (pulled.size() == COUNT) {
          subscription.close();
        }
      }
    }

    assertThat(pulled).isEqualTo(TEXTS);
    assertThat(broker.drain(queue)).isEmpty();
  }

  @EachBrokerAndVersion
  void aTransactionIsSeenOnlyAfterItsCommit(BrokerUnderTest broker, Version version)
      throws Exception {
    try (StompClient client = broker.connect(version)) {
      Subscription subscription = client.subscribe(queue);
      Transaction transaction = client.begin();
      transaction.send(queue, "one");
      transaction.send(queue, "two");
      client.sendConfirmed(Outgoing.to(queue).text("before")).await(LIMIT);
      assertThat(receive(subscription, 1)).containsExactly("before");

      transaction.commit();

      assertThat(receive(subscription, 2)).containsExactly("one", "two");
      assertThat(subscription.receive(Duration.ZERO)).isEmpty();
    }
    assertThat(broker.drain(queue)).isEmpty();
  }

  @EachBrokerAndVersion
  void anAbortedTransactionIsNeverSeen(BrokerUnderTest broker, Version version) throws Exception {
    try (StompClient client = broker.connect(version)) {
      Transaction transaction = client.begin();
      transaction.send(queue, "never");
      transaction.abort();
    }
    assertThat(broker.drain(queue)).isEmpty();
  }

  @EachBrokerAndVersion
  void acknowledgementsInATransactionCountOnlyWithItsCommit(BrokerUnderTest broker, Version version)
      throws Exception {
    assumeTrue(broker.kind().acknowledgesInTransactions(), broker + " acknowledges at once");
    try (StompClient client = broker.connect(version)) {
      client.sendConfirmed(Outgoing.to(queue).text("one")).await(LIMIT);
      client.sendConfirmed(Outgoing.to(queue).text("two")).await(LIMIT);
      Subscription subscription = client.subscribe(queue, MANUAL);
      client.inTransaction(transaction -> transaction.ack(next(subscription)));
      Transaction aborted = client.begin();
      aborted.ack(next(subscription));
      aborted.abort();
    }
    assertThat(broker.drain(queue)).containsExactly("two");
  }

  @EachBrokerAndVersion
  void awkwardHeadersArriveIntact(BrokerUnderTest broker, Version version) throws Exception {
    String name = version == Version.V1_0 ? "my ü" : "my:\\\n ü";
    String value = broker.kind().awkwardValue(version);
    try (StompClient client = broker.connect(version)) {
      Subscription subscription = client.subscribe(queue);
      client.sendConfirmed(Outgoing.to(queue).header(name, value)).await(LIMIT);

      Delivery delivery = next(subscription);

      assertThat(delivery.headers().value(name)).hasValue(value);
    }
  }

  @EachBrokerAndVersion
  void bodiesArriveIntact(BrokerUnderTest broker, Version version) throws Exception {
    byte[] everyOctet = new byte[256];
    IntStream.range(0, 256).forEach(i -> everyOctet[i] = (byte) i);
    List<Body> bodies =
        List.of(Body.empty(), Body.of("äöü €\n😀\r\n"), Body.of(everyOctet), Body.of("\0"));
    List<Body> received = new ArrayList<>();
    try (StompClient client = broker.connect(version)) {
      Subscription subscription = client.subscribe(queue);
      for (Body body : bodies) {
        client.sendConfirmed(Outgoing.to(queue).bytes(body.toBytes())).await(LIMIT);
      }
      for (int i = 0; i < bodies.size(); i++) {
        received.add(next(subscription).body());
      }
    }

    assertThat(received).isEqualTo(bodies);
  }

  @EachBrokerAndVersion
  void closingWaitsForConfirmationsAndReportsThem(BrokerUnderTest broker, Version version) {
    StompClient client = broker.connect(version);
    List<Confirmation> confirmations = send(client);

    CloseReport report = client.close(LIMIT);

    assertThat(report)
        .isEqualTo(new CloseReport(new SendCounts(COUNT, 0, 0, 0, 0), true, Optional.empty()));
    assertThat(confirmations).allMatch(Confirmation::isDone);
  }

  private List<Outcome> sendAllConfirmed(StompClient client) throws InterruptedException {
    List<Outcome> outcomes = new ArrayList<>();
    for (Confirmation confirmation : send(client)) {
      outcomes.add(confirmation.await(LIMIT));
    }
    return outcomes;
  }

  private List<Confirmation> send(StompClient client) {
    return TEXTS.stream().map(text -> client.sendConfirmed(Outgoing.to(queue).text(text))).toList();
  }

  private static List<Outcome> confirmedOnce() {
    return nCopies(COUNT, new Outcome.Confirmed(1, 1, false));
  }

  private static List<String> receive(Subscription subscription, int count)
      throws InterruptedException {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(next(subscription).text());
    }
    return texts;
  }

  private static Delivery next(Subscription subscription) throws InterruptedException {
    return subscription.receive(LIMIT).orElseThrow();
  }
}
