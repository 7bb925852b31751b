package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A transaction as an object: its id, what is received inside, and its end without waiting. */
class TransactionHandleTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  @Test
  void anIdOfTheProgramsOwnIsInEveryFrame() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "1", "x");
          peer.message(subscribe, "2", "y");
          for (String command : List.of("BEGIN", "SEND", "ACK", "NACK", "COMMIT")) {
            Frame frame = peer.expect(command);
            assertThat(frame.require("transaction")).isEqualTo("order 7");
            if (command.equals("COMMIT")) {
              peer.receiptFor(frame);
            }
          }
        });
    try (StompClient client = connect()) {
      Subscription subscription =
          client.subscribe("/queue/a", SubscribeOptions.defaults().with(Acknowledgement.MANUAL));
      Delivery first = subscription.receive(LIMIT).orElseThrow();
      Delivery second = subscription.receive(LIMIT).orElseThrow();
      Transaction transaction = client.begin("order 7");
      assertThat(transaction.id()).isEqualTo("order 7");
      transaction.send("/queue/b", "z");
      transaction.ack(first);
      transaction.nack(second);
      transaction.commit();

      assertThat(transaction.isOpen()).isFalse();
      broker.assertScriptsDone();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "t-1"})
  void anIdThatIsBlankOrTheClientsOwnIsRefused(String id) throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    try (StompClient client = connect()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> client.begin(id))
          .withMessageContaining("'" + id + "' can't be the id of a transaction");
    }
    broker.assertScriptsDone();
  }

  @Test
  void anIdIsFreeAgainOnceItsTransactionHasEnded() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expect("BEGIN");
          peer.expect("ABORT");
          peer.expect("BEGIN");
          peer.expect("ABORT");
        });
    try (StompClient client = connect()) {
      Transaction first = client.begin("mine");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> client.begin("mine"))
          .withMessageContaining("there is a transaction 'mine' already");
      first.abort();
      client.begin("mine").close();
      broker.assertScriptsDone();
    }
  }

  @Test
  void whatIsReceivedInsideIsAcknowledgedInsideTheLastOfItByTheCommit() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame a = Clients.subscribed(peer);
          Frame b = Clients.subscribed(peer);
          peer.message(b, "1", "first");
          peer.message(a, "2", "second");
          String id = peer.expect("BEGIN").require("transaction");
          for (String message : List.of("1", "2")) {
            Frame ack = peer.expect("ACK");
            assertThat(ack.require("id")).isEqualTo(message);
            assertThat(ack.require("transaction")).isEqualTo(id);
          }
          peer.receiptFor(peer.expect("COMMIT"));
        });
    try (StompClient client = connect()) {
      client.subscribe("/queue/a");
      client.subscribe("/queue/b");
      Transaction transaction = client.begin();
      assertThat(transaction.receive(LIMIT).orElseThrow().text()).isEqualTo("first");
      assertThat(transaction.receive(LIMIT).orElseThrow().text()).isEqualTo("second");
      transaction.commit();
      broker.assertScriptsDone();
    }
  }

  @Test
  void whatWasReceivedLastIsNotAcknowledgedByAnAbort() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "1", "x");
          peer.expect("BEGIN");
          Frame abort = peer.expect("ABORT");
          peer.receiptFor(abort);
          peer.expect("NACK");
        });
    try (StompClient client = connect()) {
      client.subscribe("/queue/a");
      Transaction transaction = client.begin();
      Delivery delivery = transaction.receive(LIMIT).orElseThrow();

      assertThat(transaction.abortConfirmed().await(LIMIT).epoch()).isEqualTo(1);
      delivery.nack();
      broker.assertScriptsDone();
    }
  }

  @Test
  void aMessageOfTheNextConnectionIsNotForATransactionOfTheOneBefore() throws Exception {
    broker.onConnection(
        peer -> {
          peer.subscribed("1.2");
          peer.expect("BEGIN");
          peer.reset();
        });
    broker.onConnection(
        peer -> {
          peer.message(peer.subscribed("1.2"), "1", "for others");
          peer.expectEnd();
        });
    try (StompClient client = connect()) {
      client.subscribe("/queue/a", SubscribeOptions.defaults().with(Acknowledgement.MANUAL));
      Transaction transaction = client.begin();

      assertThatThrownBy(() -> transaction.receive(LIMIT))
          .isInstanceOf(TransactionRolledBackException.class);
      assertThat(client.receive(LIMIT).orElseThrow().text()).isEqualTo("for others");
      assertThat(transaction.abortConfirmed().outcome()).get().isInstanceOf(Outcome.NotSent.class);
    }
  }

  @Test
  void aSubscriptionThatCantAcknowledgeInsideIsNamedBeforeAnythingIsReceived() throws Exception {
    broker.onConnection(
        peer -> {
          peer.message(peer.subscribed("1.2"), "1", "x");
          peer.expect("BEGIN");
          peer.expect("ABORT");
        });
    try (StompClient client = connect()) {
      SubscribeOptions batched = SubscribeOptions.defaults().with(Acknowledgement.BATCHED);
      client.subscribe("/queue/a", batched);
      try (Transaction transaction = client.begin()) {
        assertThatThrownBy(() -> transaction.receive(LIMIT))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("subscribe with MANUAL or AFTER_PROCESSING");
      }
      broker.assertScriptsDone();
    }
  }

  @Test
  void committingWithoutWaitingTellsLater() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expect("BEGIN");
          peer.expect("SEND");
          Frame commit = peer.expect("COMMIT");
          peer.expect("SEND");
          peer.receiptFor(commit);
        });
    try (StompClient client = connect()) {
      Transaction transaction = client.begin();
      Confirmation send = transaction.sendConfirmed(Outgoing.to("/queue/a").text("x"));
      Confirmation commit = transaction.commitConfirmed();
      assertThat(commit.isDone()).isFalse();
      assertThatThrownBy(() -> transaction.send("/queue/a", "too late"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("is COMMITTED already");
      client.send("/queue/b", "between");

      assertThat(commit.await(LIMIT).epoch()).isEqualTo(1);
      assertThat(send.isDone()).isTrue();
      broker.assertScriptsDone();
    }
  }

  @Test
  void aCommitWhoseConnectionIsLostIsInDoubtAlsoWithoutWaiting() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expect("BEGIN");
          peer.expect("COMMIT");
          peer.reset();
        });
    broker.onConnection(peer -> peer.handshake("1.2"));
    try (StompClient client = connect()) {
      Confirmation commit = client.begin().commitConfirmed();
      await().atMost(LIMIT).until(commit::isDone);

      assertThatThrownBy(() -> commit.await(LIMIT)).isInstanceOf(TransactionInDoubtException.class);
    }
  }

  private StompClient connect() {
    return Clients.fast(broker.uri()).connect();
  }
}
