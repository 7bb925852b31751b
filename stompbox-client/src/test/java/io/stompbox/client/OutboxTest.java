package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What becomes of sends when receipts come in bulk, and when none should have come. */
class OutboxTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Outgoing MESSAGE = Outgoing.to("/queue/a").text("x");
  private static final int EPOCH = 1;

  private final Outbox outbox = new Outbox(Bounds.defaults(), TimeSource.system());

  private Outbound put(String receipt) {
    return put(receipt, outbox);
  }

  private static Outbound put(String receipt, Outbox outbox) {
    Frame frame = Frame.of(Command.SEND, "destination", "/queue/a", "receipt", receipt);
    Confirmation confirmation = new Confirmation("SEND", "", Runnable::run, outcome -> {});
    Outbound send = Outbound.confirmed(frame, receipt, confirmation);
    send.deadline(outbox.deadline(LIMIT));
    outbox.put(send, LIMIT);
    return send;
  }

  private List<Outbound> taken() {
    List<Outbound> batch = new ArrayList<>();
    // So that it does not wait where there is nothing.
    outbox.requestHeartBeat();
    assertThat(outbox.take(EPOCH, batch, Long.MAX_VALUE, null)).isTrue();
    return batch;
  }

  @Test
  void receiptsThatNobodyWaitsForAreCountedAmongOthers() {
    outbox.start(EPOCH, List.of());
    Outbound first = put("a");
    Outbound second = put("b");
    assertThat(taken()).containsExactly(first, second);

    AtomicLong late = new AtomicLong();
    var unused =
        Objects.requireNonNull(second.confirmation())
            .stage()
            .thenAccept(outcome -> late.set(outbox.counter().counts().lateReceipts()));
    outbox.resolution().confirm(List.of("a", "x", "b", "a"), EPOCH);

    assertThat(late).as("when the one behind the first of them was told").hasValue(1);
    assertThat(outbox.counter().counts().lateReceipts()).isEqualTo(2);

    assertThat(List.of(first, second)).allMatch(Outbound::isSettled);
    assertThat(outbox.counter().counts().confirmed()).isEqualTo(2);
    outbox.close(Reconnector.closed());
  }

  @Test
  void whatWasConfirmedBeforeItWasWrittenIsNotWritten() {
    outbox.start(EPOCH, List.of());
    put("a");
    Outbound second = put("b");

    assertThat(outbox.resolution().confirm("a", EPOCH)).isTrue();

    assertThat(taken()).containsExactly(second);
    outbox.close(Reconnector.closed());
  }

  @Test
  void whatWasGivenUpWhileItsWriterFailedIsNotWrittenAgain() {
    outbox.start(EPOCH, List.of());
    Outbound first = put("a");
    Outbound second = put("b");
    List<Outbound> unsent = taken();
    assertThat(outbox.resolution().cancel(first)).isTrue();

    outbox.stop(EPOCH);
    outbox.resolution().ended(EPOCH, unsent, 0, Reconnector.closed());
    outbox.start(EPOCH, List.of());

    assertThat(taken()).containsExactly(second);
    outbox.close(Reconnector.closed());
  }

  @Test
  void whatGetsNoTimerForItsDeadlineIsNotAwaited() {
    ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(0);
    timer.shutdown();
    Outbox refused = new Outbox(Bounds.defaults(), TimeSource.of(System::nanoTime, timer));

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> put("a", refused)).isInstanceOf(RejectedExecutionException.class);
    }
  }

  @Test
  void receiptsBeforeOneWithoutAnIdCount() throws Exception {
    try (ScriptedBroker broker = ScriptedBroker.start()) {
      broker.onConnection(
          peer -> {
            peer.handshake("1.2");
            String first = peer.expect("SEND").require("receipt");
            peer.expect("SEND");
            peer.send("RECEIPT\nreceipt-id:" + first + "\n\n\0RECEIPT\nother:1\n\n\0");
            peer.expectEnd();
          });
      broker.onConnection(
          peer -> {
            peer.handshake("1.2");
            peer.receiptFor(peer.expect("SEND"));
          });
      try (StompClient client = Clients.fast(broker.uri()).connect()) {
        Confirmation first = client.sendConfirmed(MESSAGE);
        Confirmation second = client.sendConfirmed(MESSAGE);

        assertThat(first.await(LIMIT).attempts()).isEqualTo(1);
        assertThat(second.await(LIMIT).attempts()).isEqualTo(2);
        broker.assertScriptsDone();
      }
    }
  }

  @Test
  void aFullWindowGoesOnWhileReceiptsComeOneByOneAndInBulk() throws Exception {
    int messages = 300;
    try (ScriptedBroker broker = ScriptedBroker.start()) {
      broker.onConnection(
          peer -> {
            peer.handshake("1.2");
            StringBuilder receipts = new StringBuilder();
            for (int i = 0; i < messages; i++) {
              String receipt = peer.expect("SEND").require("receipt");
              receipts.append("RECEIPT\nreceipt-id:").append(receipt).append("\n\n\0");
              if (i % 7 == 6 || i == messages - 1) {
                peer.send(receipts.toString());
                receipts.setLength(0);
              }
            }
          });
      try (StompClient client =
          Clients.fast(broker.uri()).bounds(Bounds.defaults().withUnconfirmed(10)).connect()) {
        List<Confirmation> all =
            IntStream.range(0, messages).mapToObj(i -> client.sendConfirmed(MESSAGE)).toList();

        for (Confirmation confirmation : all) {
          assertThat(confirmation.await(LIMIT).attempts()).isEqualTo(1);
        }
        broker.assertScriptsDone();
      }
    }
  }
}
