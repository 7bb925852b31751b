package io.stompbox.checks.interop;

import static io.stompbox.client.ClientState.CLOSED;
import static io.stompbox.client.ClientState.CONNECTED;
import static io.stompbox.client.ClientState.CONNECTING;
import static io.stompbox.client.ClientState.DRAINING;
import static io.stompbox.client.ClientState.RECOVERING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.stompbox.checks.invariants.Invariants;
import io.stompbox.checks.matrix.Fault;
import io.stompbox.checks.matrix.InvariantsExtension;
import io.stompbox.client.AckResult;
import io.stompbox.client.Acknowledgement;
import io.stompbox.client.ClientState;
import io.stompbox.client.Confirmation;
import io.stompbox.client.Delivery;
import io.stompbox.client.DuplicateDetection;
import io.stompbox.client.Offer;
import io.stompbox.client.Outcome;
import io.stompbox.client.Outgoing;
import io.stompbox.client.ReceiveCounts;
import io.stompbox.client.SendCounts;
import io.stompbox.client.StateChange;
import io.stompbox.client.StompClient;
import io.stompbox.client.SubscribeOptions;
import io.stompbox.client.Subscription;
import io.stompbox.client.Transaction;
import io.stompbox.client.TransactionInDoubtException;
import io.stompbox.client.TransactionRolledBackException;
import io.stompbox.protocol.failover.BackOff;
import io.stompbox.protocol.failover.BackOff.Jitter;
import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.provider.Arguments;

/** What is promised when connections are lost, with each broker. */
@ExtendWith(InvariantsExtension.class)
class RecoveryTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int BURST = 500;
  private static final int CUTS = 3;
  private static final List<String> TEXTS =
      IntStream.range(0, BURST * (CUTS + 1)).mapToObj(number -> "message " + number).toList();
  private static final SubscribeOptions MANUAL =
      SubscribeOptions.defaults().with(Acknowledgement.MANUAL);
  @RegisterExtension private static final Brokers BROKERS = Brokers.ofEachKind();

  private final String queue = "/queue/" + BROKERS.newName("recovery");
  private final List<StateChange> changes = new CopyOnWriteArrayList<>();
  private Invariants invariants;

  static Stream<Arguments> brokersInEachVersion() {
    return BROKERS.with(List.of(Version.values()));
  }

  @BeforeEach
  void watch(Invariants watching) {
    invariants = watching;
  }

  @EachBroker
  void nothingConfirmedIsLostWhenTheConnectionIsCutAgainAndAgain(BrokerUnderTest broker)
      throws Exception {
    List<String> handled = new CopyOnWriteArrayList<>();
    WireTap tap = new WireTap(Version.V1_2);
    try (StompClient client = connect(broker, tap)) {
      client.subscribe(queue, delivery -> handled.add(delivery.text()));
      for (Confirmation confirmation : sendAndCut(broker, client)) {
        assertThat(confirmation.await(LIMIT)).isInstanceOf(Outcome.Confirmed.class);
      }
      waiting().until(() -> Set.copyOf(handled).size() >= TEXTS.size());

      assertThat(client.sends()).isEqualTo(new SendCounts(TEXTS.size(), 0, 0, 0, 0));
      assertThat(client.received().unrouted()).isZero();
    }

    assertThat(Set.copyOf(handled)).isEqualTo(Set.copyOf(TEXTS));
    // Second copies may have come behind the last first copy.
    assertThat(broker.drain(queue)).hasSizeLessThanOrEqualTo(sends(tap) - TEXTS.size());
    assertThat(states()).isEqualTo(statesWith(CUTS));
    assertThat(tap.wires())
        .hasSize(CUTS + 1)
        .allSatisfy(RecoveryTest::assertSubscribedOnceAndFirst);
    assertThat(tap.wires()).allSatisfy(RecoveryTest::assertAcknowledgesOnlyItsOwnMessages);
    assertThat(tap.wires().stream().map(RecoveryTest::subscriptionId).distinct())
        .hasSize(broker.kind().takesOldAcks() ? CUTS + 1 : 1);
  }

  private static String subscriptionId(WireTap.Wire wire) {
    return wire.sent(Command.SUBSCRIBE).get(0).require("id");
  }

  private static void assertSubscribedOnceAndFirst(WireTap.Wire wire) {
    assertThat(wire.commandsSent()).startsWith(Command.CONNECT, Command.SUBSCRIBE);
    assertThat(wire.sent(Command.SUBSCRIBE)).hasSize(1);
  }

  private static void assertAcknowledgesOnlyItsOwnMessages(WireTap.Wire wire) {
    List<String> received = values(wire.received(Command.MESSAGE), "ack");
    assertThat(received).containsAll(values(wire.sent(Command.ACK), "id")).doesNotHaveDuplicates();
  }

  private static List<String> values(List<Frame> frames, String header) {
    return frames.stream().map(frame -> frame.require(header)).toList();
  }

  @EachBroker
  void firstCopiesReachTheBrokerInOrderAndAreRepeatedOnlyWhenSentAgain(BrokerUnderTest broker)
      throws Exception {
    List<String> handled = new CopyOnWriteArrayList<>();
    WireTap tap = new WireTap(Version.V1_2);
    try (StompClient consumer = broker.connect(Version.V1_2);
        StompClient producer = connect(broker, tap)) {
      consumer.subscribe(queue, delivery -> handled.add(delivery.text()));
      for (Confirmation confirmation : sendAndCut(broker, producer)) {
        assertThat(confirmation.await(LIMIT)).isInstanceOf(Outcome.Confirmed.class);
      }
      waiting().until(() -> handled.contains(TEXTS.get(TEXTS.size() - 1)));
    }

    assertThat(handled.stream().distinct()).containsExactlyElementsOf(TEXTS);
    assertThat(handled).hasSizeLessThanOrEqualTo(sends(tap));
    assertThat(broker.drain(queue)).isEmpty();
  }

  private static int sends(WireTap tap) {
    return tap.wires().stream().mapToInt(wire -> wire.sent(Command.SEND).size()).sum();
  }

  /** Sends everything, and cuts the connection three times while sends are under way. */
  private List<Confirmation> sendAndCut(BrokerUnderTest broker, StompClient client) {
    List<Confirmation> confirmations = new ArrayList<>();
    for (int from = 0; from < TEXTS.size(); from += BURST) {
      int confirmed = from + BURST / 4;
      confirmations.addAll(send(client, TEXTS.subList(from, from + BURST / 2)));
      waiting().until(() -> client.sends().confirmed() >= confirmed);
      awaitConnected(broker, client);
      confirmations.addAll(send(client, TEXTS.subList(from + BURST / 2, from + BURST)));
      if (from + BURST < TEXTS.size()) {
        cutNow(broker, client);
      }
    }
    return confirmations;
  }

  private List<Confirmation> send(StompClient client, List<String> texts) {
    return texts.stream()
        .map(text -> invariants.sendConfirmed(client, Outgoing.to(queue).text(text)))
        .toList();
  }

  @Fault("F08")
  @EachBroker
  void sendsWhoseReceiptsAreLostAreSentAgainAndMarked(BrokerUnderTest broker) throws Exception {
    WireTap tap = new WireTap(Version.V1_2);
    DuplicateDetection off = new DuplicateDetection.Off();
    try (StompClient producer = connect(broker, tap, Version.V1_2, off)) {
      assertThat(sendAndLoseReceipts(broker, producer, tap)).hasSize(6);
    }
  }

  @Fault("F08")
  @EachBroker
  void brokersThatDetectDuplicatesDropSecondCopies(BrokerUnderTest broker) throws Exception {
    WireTap tap = new WireTap(Version.V1_2);
    try (StompClient producer = connect(broker, tap)) {
      assertThat(sendAndLoseReceipts(broker, producer, tap))
          .hasSize(broker.kind().dropsDuplicates() ? 3 : 6);
    }
  }

  private static List<String> takeUpTo(String last, Subscription subscription)
      throws InterruptedException {
    List<String> texts = new ArrayList<>();
    String text = take(subscription, 1).get(0);
    while (!text.equals(last)) {
      texts.add(text);
      text = take(subscription, 1).get(0);
    }
    return texts;
  }

  /** Cuts the connection between the SENDs and their receipts; returns what arrived in the end. */
  private List<String> sendAndLoseReceipts(
      BrokerUnderTest broker, StompClient producer, WireTap tap) throws Exception {
    List<String> texts = List.of("one", "two", "three");
    List<String> arrived = new ArrayList<>();
    try (StompClient consumer = broker.connect(Version.V1_2)) {
      Subscription subscription = consumer.subscribe(queue);
      tap.deafen();
      List<Confirmation> confirmations = send(producer, texts);
      arrived.addAll(take(subscription, 3));
      assertThat(arrived).isEqualTo(texts);

      cut(broker, producer);

      for (Confirmation confirmation : confirmations) {
        assertThat(confirmation.await(LIMIT)).isEqualTo(new Outcome.Confirmed(2, 2, true));
      }
      send(producer, List.of("last"));
      arrived.addAll(takeUpTo("last", subscription));
    }
    invariants.arrived(texts, arrived);
    return arrived;
  }

  @Fault("F15")
  @EachBroker
  void aHandlerThatIsCaughtByALossAcknowledgesNothing(BrokerUnderTest broker) throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    List<Integer> epochs = new CopyOnWriteArrayList<>();
    WireTap tap = new WireTap(Version.V1_2);
    try (StompClient client = connect(broker, tap)) {
      client.subscribe(
          queue,
          delivery -> {
            epochs.add(delivery.epoch());
            entered.countDown();
            released.await();
          });
      invariants.sendConfirmed(client, Outgoing.to(queue).text("once more")).await(LIMIT);
      entered.await();
      cut(broker, client);
      waiting().until(() -> client.epoch() == 2 && client.received().messages() == 2);
      released.countDown();
      waiting().until(() -> tap.wires().get(1).sent(Command.ACK).size() == 1);

      assertThat(client.received()).isEqualTo(new ReceiveCounts(2, 0, 1, 0, 0, 0));
    }

    assertThat(epochs).containsExactly(1, 2);
    assertThat(tap.wires().get(0).sent(Command.ACK)).isEmpty();
    assertThat(tap.wires()).allSatisfy(RecoveryTest::assertAcknowledgesOnlyItsOwnMessages);
    assertThat(broker.drain(queue)).isEmpty();
  }

  /** On RabbitMQ the late acknowledgement of one would be taken for that of two. */
  @Fault("F15")
  @EachBrokerAndVersion
  void aLateAcknowledgementTakesNoOtherMessage(BrokerUnderTest broker, Version version)
      throws Exception {
    WireTap tap = new WireTap(version);
    try (StompClient client = connect(broker, tap, version)) {
      send(client, List.of("one", "two")).get(1).await(LIMIT);
      Subscription subscription = client.subscribe(queue, MANUAL);
      Delivery one = subscription.receive(LIMIT).orElseThrow();
      tap.shutGate();
      cut(broker, client);
      finishElsewhere(broker, "one");
      tap.openGate();
      Delivery two = subscription.receive(LIMIT).orElseThrow();
      assertThat(List.of(one.text(), two.text())).containsExactly("one", "two");

      assertThat(one.ack()).isEqualTo(AckResult.STALE);

      assertThat(client.received().staleAcks()).isEqualTo(1);
    }
    assertThat(tap.wires()).allSatisfy(wire -> assertThat(wire.sent(Command.ACK)).isEmpty());
    assertThat(broker.drain(queue)).containsExactly("two");
  }

  private void finishElsewhere(BrokerUnderTest broker, String text) throws InterruptedException {
    try (StompClient other = broker.connect(Version.V1_2)) {
      Delivery delivery = other.subscribe(queue, MANUAL).receive(LIMIT).orElseThrow();
      assertThat(delivery.text()).isEqualTo(text);
      assertThat(delivery.ack()).isEqualTo(AckResult.SENT);
    }
  }

  @EachBrokerAndVersion
  void aMessageWhoseAcknowledgementCameTooLateComesAgain(BrokerUnderTest broker, Version version)
      throws Exception {
    try (StompClient client = connect(broker, new WireTap(version), version)) {
      Subscription subscription = client.subscribe(queue, MANUAL);
      send(client, List.of("one")).get(0).await(LIMIT);
      Delivery first = subscription.receive(LIMIT).orElseThrow();
      cut(broker, client);
      Delivery second = subscription.receive(LIMIT).orElseThrow();

      assertThat(first.ack()).isEqualTo(AckResult.STALE);
      assertThat(second.ack()).isEqualTo(AckResult.SENT);

      assertThat(second.text()).isEqualTo(first.text());
      assertThat(List.of(first.epoch(), second.epoch())).containsExactly(1, 2);
      assertThat(second.isRedelivered()).isTrue();
    }
    assertThat(broker.drain(queue)).isEmpty();
  }

  @Fault("F22")
  @EachBroker
  void aTransactionThatLosesItsConnectionIsUndone(BrokerUnderTest broker) throws Exception {
    try (StompClient client = connect(broker, new WireTap(Version.V1_2))) {
      Transaction transaction = client.begin();
      transaction.send(queue, "never");
      cut(broker, client);
      waiting().until(() -> client.epoch() == 2);

      assertThatExceptionOfType(TransactionRolledBackException.class)
          .isThrownBy(transaction::commit);
    }
    assertThat(broker.drain(queue)).isEmpty();
  }

  @Fault("F23")
  @EachBroker
  void aCommitWhoseReceiptIsLostIsInDoubtAndNotRepeated(BrokerUnderTest broker) throws Exception {
    WireTap tap = new WireTap(Version.V1_2);
    try (StompClient consumer = broker.connect(Version.V1_2);
        StompClient client = connect(broker, tap)) {
      Subscription subscription = consumer.subscribe(queue);
      Transaction transaction = client.begin();
      transaction.send(queue, "once");
      tap.deafen();
      CompletableFuture<Void> commit = CompletableFuture.runAsync(transaction::commit);
      assertThat(take(subscription, 1)).containsExactly("once");

      cut(broker, client);

      assertThat(commit)
          .failsWithin(LIMIT)
          .withThrowableThat()
          .withCauseInstanceOf(TransactionInDoubtException.class);
      waiting().until(() -> client.epoch() == 2);
    }
    assertThat(tap.wires().get(1).sent(Command.COMMIT)).isEmpty();
    assertThat(broker.drain(queue)).isEmpty();
  }

  private StompClient connect(BrokerUnderTest broker, WireTap tap) {
    return connect(broker, tap, Version.V1_2);
  }

  private StompClient connect(BrokerUnderTest broker, WireTap tap, Version version) {
    return connect(broker, tap, version, DuplicateDetection.standard());
  }

  private StompClient connect(
      BrokerUnderTest broker, WireTap tap, Version version, DuplicateDetection duplicates) {
    BackOff quick =
        new BackOff(Duration.ofMillis(10), Duration.ofMillis(100), 2, new Jitter.None());
    String uri = broker.proxiedUri();
    invariants.leaveWhatRuns();
    return invariants.connect(
        options ->
            StompClient.builder(uri)
                .connect(
                    options
                        .with(tap.over(options.transports()))
                        .with(Offer.standard().with(Set.of(version))))
                .reconnect(ReconnectPolicy.standard().with(quick))
                .duplicateDetection(duplicates)
                .onStateChange(changes::add)
                .connect());
  }

  private static void cut(BrokerUnderTest broker, StompClient client) {
    awaitConnected(broker, client);
    cutNow(broker, client);
  }

  private static void awaitConnected(BrokerUnderTest broker, StompClient client) {
    waiting().until(() -> client.state() == CONNECTED && broker.proxy().connections() == 1);
  }

  /** Cuts the connection; returns when the client has noticed. */
  private static void cutNow(BrokerUnderTest broker, StompClient client) {
    int epoch = client.epoch();
    assertThat(broker.proxy().cut()).isEqualTo(1);
    waiting().until(() -> client.state() == RECOVERING || client.epoch() > epoch);
  }

  private static ConditionFactory waiting() {
    return await().atMost(LIMIT).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
  }

  private static List<String> take(Subscription subscription, int count)
      throws InterruptedException {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Delivery delivery = subscription.receive(LIMIT).orElseThrow();
      delivery.ack();
      texts.add(delivery.text());
    }
    return texts;
  }

  private List<ClientState> states() {
    return changes.stream().map(StateChange::to).toList();
  }

  private static List<ClientState> statesWith(int losses) {
    List<ClientState> states = new ArrayList<>(List.of(CONNECTING, CONNECTED));
    for (int i = 0; i < losses; i++) {
      states.addAll(List.of(RECOVERING, CONNECTED));
    }
    states.addAll(List.of(DRAINING, CLOSED));
    return states;
  }
}
