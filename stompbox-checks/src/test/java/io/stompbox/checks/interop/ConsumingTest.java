package io.stompbox.checks.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompbox.client.Acknowledgement;
import io.stompbox.client.Confirmation;
import io.stompbox.client.Delivery;
import io.stompbox.client.ErrorPolicy;
import io.stompbox.client.Outcome;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.client.SubscribeOptions;
import io.stompbox.client.Subscription;
import io.stompbox.protocol.frame.Version;
import io.stompbox.testkit.Fault;
import io.stompbox.testkit.FaultProxy;
import io.stompbox.testkit.Faults.Direction;
import io.stompbox.testkit.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is promised to who consumes, with each broker. */
class ConsumingTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final SubscribeOptions DEFAULTS = SubscribeOptions.defaults();
  private static final SubscribeOptions MANUAL = DEFAULTS.with(Acknowledgement.MANUAL);
  @RegisterExtension private static final Brokers BROKERS = Brokers.ofEachKind();

  private final String queue = "/queue/" + BROKERS.newName("consuming");

  static Stream<Arguments> brokersInEachVersion() {
    return BROKERS.with(List.of(Version.values()));
  }

  @EachBrokerAndVersion
  void anAcknowledgementThatIsConfirmedHasBeenTaken(BrokerUnderTest broker, Version version)
      throws Exception {
    try (StompClient client = broker.connect(version)) {
      send(client, 2);
      Subscription subscription = client.subscribe(queue, MANUAL);
      for (int i = 0; i < 2; i++) {
        Confirmation confirmation = subscription.receive(LIMIT).orElseThrow().ackConfirmed();

        assertThat(confirmation.await(LIMIT)).isEqualTo(new Outcome.Confirmed(1, 1, false));
      }
    }
    assertThat(broker.drain(queue)).isEmpty();
  }

  /** The broker may have taken the acknowledgement or not; both are possible. */
  @EachBroker
  void anAcknowledgementThatIsLostIsUnknownAndItsMessageIsTakenWhenItComesAgain(
      BrokerUnderTest broker) throws Exception {
    try (FaultProxy proxy = broker.newProxy();
        StompClient client = broker.connect(proxy)) {
      send(client, 1);
      Subscription subscription = client.subscribe(queue, MANUAL);
      Delivery first = subscription.receive(LIMIT).orElseThrow();
      proxy.onConnection(1).up(Fault.reset(Place.before("ACK", 1)));

      assertThat(awaited(first.ackConfirmed())).isInstanceOf(Outcome.Unknown.class);

      Delivery again = subscription.receive(LIMIT).orElseThrow();
      assertThat(again.text()).isEqualTo("0");
      assertThat(again.ackConfirmed().await(LIMIT).epoch()).isEqualTo(2);
      assertThat(proxy.passed(2, Direction.UP).frames("ACK")).isEqualTo(1);
    }
    assertThat(broker.drain(queue)).isEmpty();
  }

  private static Outcome awaited(Confirmation confirmation) {
    waiting().until(confirmation::isDone);
    return confirmation.outcome().orElseThrow();
  }

  @EachBroker
  void aFailedMessageIsFoundAtTheErrorDestinationAndNoMoreWhereItWas(BrokerUnderTest broker)
      throws Exception {
    String errors = queue + "-errors";
    List<String> handled = new CopyOnWriteArrayList<>();
    try (StompClient client = broker.connect(Version.V1_2)) {
      client.subscribe(
          queue,
          DEFAULTS.with(new ErrorPolicy.Forward(errors)),
          delivery -> {
            if (delivery.text().equals("1")) {
              throw new IllegalStateException("on purpose");
            }
            handled.add(delivery.text());
          });
      Subscription failed = client.subscribe(errors);
      send(client, 3);
      Delivery copy = failed.receive(LIMIT).orElseThrow();
      copy.ack();

      assertThat(copy.text()).isEqualTo("1");
      assertThat(copy.headers().value("message-failed"))
          .hasValue("java.lang.IllegalStateException: on purpose");
      assertThat(copy.headers().value("original-destination")).isPresent();
      assertThat(copy.headers().value("number")).hasValue("1");
      waiting().until(() -> handled.equals(List.of("0", "2")));
      assertThat(client.received().messages()).isEqualTo(4);
      assertThat(client.received().handlerFailures()).isEqualTo(1);
    }
    assertThat(broker.drain(queue)).isEmpty();
    assertThat(broker.drain(errors)).isEmpty();
  }

  @EachBroker
  void aSubscriptionThatStopsLeavesItsMessagesWithTheBroker(BrokerUnderTest broker)
      throws Exception {
    try (StompClient client = broker.connect(Version.V1_2)) {
      send(client, 3);
      Subscription subscription =
          client.subscribe(
              queue,
              DEFAULTS.with(new ErrorPolicy.Stop()),
              delivery -> {
                if (delivery.text().equals("1")) {
                  throw new IllegalStateException("on purpose");
                }
              });
      waiting().until(() -> !subscription.isOpen());
      // The connection goes on for others.
      client.sendConfirmed(Outgoing.to(queue).text("behind")).await(LIMIT);
      assertThat(client.epoch()).isEqualTo(1);
    }
    assertThat(broker.drain(queue)).containsExactlyInAnyOrder("1", "2", "behind");
  }

  static Stream<Arguments> brokersAndAcknowledgements() {
    return BROKERS.with(List.of(Acknowledgement.AFTER_PROCESSING, Acknowledgement.BATCHED));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("brokersAndAcknowledgements")
  void messagesOfEachKeyAreProcessedInOrderByParallelHandlersAndAllAcknowledged(
      BrokerUnderTest broker, Acknowledgement mode) throws Exception {
    Map<Integer, List<Integer>> byKey = new ConcurrentHashMap<>();
    AtomicInteger processed = new AtomicInteger();
    try (StompClient client = broker.connect(Version.V1_2)) {
      client.subscribe(
          queue,
          DEFAULTS.with(mode).concurrency(4).orderedBy(delivery -> number(delivery) % 5),
          delivery -> {
            byKey
                .computeIfAbsent(
                    number(delivery) % 5, key -> Collections.synchronizedList(new ArrayList<>()))
                .add(number(delivery));
            processed.incrementAndGet();
          });
      send(client, 500);
      waiting().until(() -> processed.get() == 500);

      assertThat(byKey).hasSize(5);
      assertThat(byKey.values()).allSatisfy(numbers -> assertThat(numbers).isSorted());
    }
    assertThat(broker.drain(queue)).isEmpty();
  }

  @EachBroker
  void aPauseKeepsMessagesUntilItEnds(BrokerUnderTest broker) throws Exception {
    List<String> handled = new CopyOnWriteArrayList<>();
    try (StompClient client = broker.connect(Version.V1_2)) {
      Subscription subscription =
          client.subscribe(
              queue, DEFAULTS.withPrefetch(2), delivery -> handled.add(delivery.text()));
      subscription.pause();
      send(client, 10);
      waiting().until(() -> client.received().messages() > 0);
      assertThat(handled).isEmpty();

      subscription.resume();

      waiting().until(() -> handled.size() == 10);
      assertThat(handled).isEqualTo(IntStream.range(0, 10).mapToObj(i -> "" + i).toList());
    }
    assertThat(broker.drain(queue)).isEmpty();
  }

  private void send(StompClient client, int messages) throws InterruptedException {
    List<Confirmation> sent = new ArrayList<>();
    for (int i = 0; i < messages; i++) {
      Outgoing message = Outgoing.to(queue).header("number", "" + i).text("" + i);
      sent.add(client.sendConfirmed(message));
    }
    for (Confirmation confirmation : sent) {
      confirmation.await(LIMIT);
    }
  }

  private static int number(Delivery delivery) {
    return Integer.parseInt(delivery.text());
  }

  private static ConditionFactory waiting() {
    return await().atMost(LIMIT).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
  }
}
