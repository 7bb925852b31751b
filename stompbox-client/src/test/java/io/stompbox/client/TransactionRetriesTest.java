package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.ScriptedBroker;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Work that is run again although its first run may have taken effect. */
class TransactionRetriesTest {
  private static final String ARTEMIS = "ActiveMQ-Artemis/2.55.0";
  private static final TransactionRetries ONCE = TransactionRetries.afterRollback(1).orInDoubt();

  private final ScriptedBroker broker = ScriptedBroker.start();
  private final BlockingQueue<Frame> sends = new LinkedBlockingQueue<>();
  private final AtomicInteger runs = new AtomicInteger();

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  @Test
  void eachRunGivesItsMessagesTheIdsOfTheOthers() throws Exception {
    broker.onConnection(
        peer -> {
          begun(peer, ARTEMIS);
          peer.expect("COMMIT");
          peer.reset();
        });
    broker.onConnection(
        peer -> {
          begun(peer, ARTEMIS);
          peer.receiptFor(peer.expect("COMMIT"));
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.inTransaction(this::sendTwo, ONCE);
    }
    broker.assertScriptsDone();
    String first = id(sends.take());
    String second = id(sends.take());
    assertThat(first).isNotEqualTo(second);
    assertThat(id(sends.take())).isEqualTo(first);
    assertThat(id(sends.take())).isEqualTo(second);
  }

  private static String id(Frame send) {
    return send.require("_AMQ_DUPL_ID");
  }

  @ParameterizedTest
  @ValueSource(strings = {"receipt-id", "nothing"})
  void aCommitThatIsRefusedForKnownIdsAfterDoubtIsDone(String naming) throws Exception {
    loseTheFirstCommit();
    broker.onConnection(
        peer -> {
          begun(peer, ARTEMIS);
          String receipt = peer.expect("COMMIT").require("receipt");
          peer.send("ERROR\n" + naming + ":" + receipt + "\nmessage:AMQ339013: Duplicate id\n\n^@");
          peer.expectEnd();
        });
    broker.otherwise(Peer::expectEnd);
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.inTransaction(this::sendTwo, ONCE);
    }
    assertThat(runs).hasValue(2);
  }

  @Test
  void aCommitThatIsRefusedForAnotherReasonLeavesTheDoubt() throws Exception {
    loseTheFirstCommit();
    broker.onConnection(
        peer -> {
          begun(peer, ARTEMIS);
          String receipt = peer.expect("COMMIT").require("receipt");
          peer.send("ERROR\nreceipt-id:" + receipt + "\nmessage:no room\n\n^@");
          peer.expectEnd();
        });
    broker.otherwise(Peer::expectEnd);
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      assertThat(doubtIn(() -> client.inTransaction(this::sendTwo, ONCE)))
          .isInstanceOf(BrokerErrorException.class)
          .hasMessageContaining("no room");
    }
  }

  @Test
  void whereNoConnectionIsMadeAgainTheDoubtRemains() throws Exception {
    loseTheFirstCommit();
    try (StompClient client =
        Clients.fast(broker.uri()).reconnect(ReconnectPolicy.never()).connect()) {
      assertThat(doubtIn(() -> client.inTransaction(this::sendTwo, ONCE)))
          .isInstanceOf(ConnectionLostException.class);
    }
    assertThat(runs).hasValue(1);
  }

  /** Returns what keeps the doubt from being resolved. */
  private static Throwable doubtIn(ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).isInstanceOf(TransactionInDoubtException.class);
    return thrown.getSuppressed()[0];
  }

  @Test
  void whatTheWorkItselfThrowsInALaterRunHasTheDoubtWithIt() throws Exception {
    loseTheFirstCommit();
    broker.onConnection(
        peer -> {
          begun(peer, ARTEMIS);
          peer.expect("ABORT");
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      assertThatIllegalStateException()
          .isThrownBy(() -> client.inTransaction(this::sendTwoAndFailTheSecondTime, ONCE))
          .satisfies(
              thrown ->
                  assertThat(thrown.getSuppressed())
                      .hasAtLeastOneElementOfType(TransactionInDoubtException.class));
      broker.assertScriptsDone();
    }
  }

  private void sendTwoAndFailTheSecondTime(Transaction transaction) {
    sendTwo(transaction);
    if (runs.get() == 2) {
      throw new IllegalStateException("on purpose");
    }
  }

  @Test
  void withoutRetriesLeftTheDoubtRemains() throws Exception {
    loseTheFirstCommit();
    loseTheFirstCommit();
    broker.otherwise(Peer::expectEnd);
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      assertThatExceptionOfType(TransactionInDoubtException.class)
          .isThrownBy(() -> client.inTransaction(this::sendTwo, ONCE));
    }
    assertThat(runs).hasValue(2);
  }

  @Test
  void whereMessagesWouldHaveNoIdsNothingIsBegun() throws Exception {
    broker.onConnection(
        peer -> {
          connected(peer, "ActiveMQ/6.3.1");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      assertThatIllegalStateException()
          .isThrownBy(() -> client.inTransaction(this::sendTwo, ONCE))
          .withMessageContaining("DuplicateDetection.InHeader");
    }
    broker.assertScriptsDone();
    assertThat(runs).hasValue(0);
  }

  @Test
  void aNumberBelowZeroIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> TransactionRetries.afterRollback(-1));
  }

  private void sendTwo(Transaction transaction) {
    runs.incrementAndGet();
    transaction.send("/queue/a", "1");
    transaction.send("/queue/b", "2");
  }

  private void loseTheFirstCommit() {
    broker.onConnection(
        peer -> {
          begun(peer, ARTEMIS);
          peer.expect("COMMIT");
          peer.reset();
        });
  }

  private void begun(Peer peer, String server) {
    connected(peer, server);
    peer.expect("BEGIN");
    sends.add(peer.expect("SEND"));
    sends.add(peer.expect("SEND"));
  }

  private static void connected(Peer peer, String server) {
    peer.expect("CONNECT");
    peer.send("CONNECTED\nversion:1.2\nserver:" + server + "\nheart-beat:0,0\n\n^@");
  }
}
