package io.stompbox.checks.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.stompbox.checks.invariants.Invariants;
import io.stompbox.client.Confirmation;
import io.stompbox.client.DuplicateDetection;
import io.stompbox.client.Outcome;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.client.Transaction;
import io.stompbox.client.TransactionInDoubtException;
import io.stompbox.client.TransactionRetries;
import io.stompbox.client.TransactionRolledBackException;
import io.stompbox.protocol.frame.StompException;
import io.stompbox.testkit.Fault;
import io.stompbox.testkit.FaultProxy;
import io.stompbox.testkit.Faults.Direction;
import io.stompbox.testkit.Place;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Transactions whose connection is cut at each step, and what the broker has of them. */
class TransactionLossTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** BEGIN and SEND ask for none. */
  private static final Place RECEIPT = Place.before("RECEIPT", 1);

  @RegisterExtension private static final Brokers BROKERS = Brokers.ofEachKind();

  private final String queue = "/queue/" + BROKERS.newName("transaction");

  /** Where the connection is cut, what the program hears, and whether the broker has committed. */
  private record Cut(
      String name, Direction direction, Place place, Heard heard, boolean isCommitted) {
    static final List<Cut> ALL =
        List.of(
            new Cut("before SEND", Direction.UP, Place.before("SEND", 1), Heard.ROLLED_BACK, false),
            new Cut(
                "before COMMIT", Direction.UP, Place.before("COMMIT", 1), Heard.IN_DOUBT, false),
            new Cut("before its receipt", Direction.DOWN, RECEIPT, Heard.IN_DOUBT, true));

    @Override
    public String toString() {
      return name;
    }
  }

  private enum Heard {
    ROLLED_BACK(TransactionRolledBackException.class, Outcome.NotSent.class),
    IN_DOUBT(TransactionInDoubtException.class, Outcome.Unknown.class);

    private final Class<? extends StompException> exception;
    private final Class<? extends Outcome> outcome;

    Heard(Class<? extends StompException> exception, Class<? extends Outcome> outcome) {
      this.exception = exception;
      this.outcome = outcome;
    }
  }

  static Stream<Arguments> cuts() {
    return BROKERS.with(Cut.ALL);
  }

  @io.stompbox.checks.matrix.Fault({"F22", "F23"})
  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("cuts")
  void theProgramHearsWhatCanBeKnownAndNothingIsSentAgain(
      BrokerUnderTest broker, Cut cut, Invariants invariants) throws Exception {
    broker.start();
    invariants.leaveWhatRuns();
    try (FaultProxy proxy = broker.newProxy();
        StompClient client = invariants.connect(options -> broker.connect(proxy, options))) {
      proxy.onConnection(1).add(cut.direction, Fault.reset(cut.place));
      Transaction transaction = client.begin();
      Confirmation send = invariants.sent(transaction.sendConfirmed(Outgoing.to(queue).text("x")));
      if (cut.heard == Heard.ROLLED_BACK) {
        awaitSecondConnection(client);
      }

      assertThatExceptionOfType(cut.heard.exception).isThrownBy(transaction::commit);

      assertThat(send.outcome()).map(Outcome::getClass).isEqualTo(Optional.of(cut.heard.outcome));
      awaitSecondConnection(client);
      invariants.sendConfirmed(client, Outgoing.to(queue).text("behind it")).await(LIMIT);
      assertThat(proxy.passed(2, Direction.UP).frames("BEGIN")).isZero();
      assertThat(proxy.passed(2, Direction.UP).frames("COMMIT")).isZero();
      assertThat(proxy.passed(2, Direction.UP).frames("SEND")).isEqualTo(1);
    }
    assertThat(broker.drain(queue))
        .isEqualTo(cut.isCommitted ? List.of("x", "behind it") : List.of("behind it"));
  }

  @io.stompbox.checks.matrix.Fault("F22")
  @EachBroker
  void workThatIsRunAgainAfterARollbackTakesEffectOnce(
      BrokerUnderTest broker, Invariants invariants) throws Exception {
    AtomicInteger runs = new AtomicInteger();
    broker.start();
    invariants.leaveWhatRuns();
    try (FaultProxy proxy = broker.newProxy();
        StompClient client = invariants.connect(options -> broker.connect(proxy, options))) {
      proxy.onConnection(1).up(Fault.reset(Place.after("SEND", 1)));

      client.inTransaction(
          tx -> {
            tx.send(queue, "x");
            if (runs.incrementAndGet() == 1) {
              awaitSecondConnection(client);
            }
          },
          1);
    }
    assertThat(runs).hasValue(2);
    assertThat(broker.drain(queue)).containsExactly("x");
  }

  static Stream<Arguments> cutsInDoubt() {
    return BROKERS.with(Cut.ALL.stream().filter(cut -> cut.heard == Heard.IN_DOUBT).toList());
  }

  /** Artemis looks at the ids itself; elsewhere they are for the consumers. */
  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("cutsInDoubt")
  void workThatIsRunAgainInDoubtTakesEffectOnceWhereIdsAreLookedAt(BrokerUnderTest broker, Cut cut)
      throws Exception {
    boolean isArtemis = broker.kind() == BrokerKind.ARTEMIS;
    try (FaultProxy proxy = broker.newProxy();
        StompClient client =
            StompClient.builder(broker.kind().uri(proxy.port()))
                .duplicateDetection(
                    isArtemis
                        ? DuplicateDetection.standard()
                        : new DuplicateDetection.InHeader("order-id"))
                .connect()) {
      proxy.onConnection(1).add(cut.direction, Fault.reset(cut.place));

      client.inTransaction(
          tx -> tx.send(queue, "x"), TransactionRetries.afterRollback(3).orInDoubt());
    }
    assertThat(broker.drain(queue))
        .isEqualTo(cut.isCommitted && !isArtemis ? List.of("x", "x") : List.of("x"));
  }

  private static void awaitSecondConnection(StompClient client) {
    await().atMost(LIMIT).pollInterval(Duration.ofMillis(5)).until(() -> client.epoch() == 2);
  }
}
