package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.QueueBroker;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The client as reactive streams see it, beyond what all streams have in common. */
class FlowTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration A_WHILE = Duration.ofMillis(50);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();
  private final Recorder recorder = new Recorder();

  @Test
  void theFirstDemandSubscribesAndWithItsDemandUsedUpASubscriberGetsNothing() throws Exception {
    CountDownLatch connected = new CountDownLatch(1);
    CountDownLatch acknowledged = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expectSilence(A_WHILE);
          connected.countDown();
          Frame subscribe = peer.expect("SUBSCRIBE");
          peer.receiptFor(subscribe);
          for (int i = 1; i <= 4; i++) {
            peer.message(subscribe, "" + i, "" + i);
          }
          assertThat(peer.expect("ACK").require("id")).isEqualTo("1");
          assertThat(peer.expect("ACK").require("id")).isEqualTo("2");
          acknowledged.countDown();
          peer.receiptFor(peer.expect("SEND"));
          assertThat(peer.expect("ACK").require("id")).isEqualTo("3");
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.flow().messages("/queue/a").subscribe(recorder);
      connected.await();

      recorder.subscription().request(2);
      assertThat(recorder.next()).isEqualTo("1");
      assertThat(recorder.next()).isEqualTo("2");
      acknowledged.await();
      client.sendConfirmed(Outgoing.to("/queue/x")).await(LIMIT);
      assertThat(client.received().messages()).isEqualTo(4);
      assertThat(recorder.isSilent()).isTrue();

      recorder.subscription().request(1);
      assertThat(recorder.next()).isEqualTo("3");
      broker.assertScriptsDone();
    }
  }

  @Test
  void withItsDemandUsedUpABatchIsAcknowledgedThoughMessagesWait() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame subscribe = peer.expect("SUBSCRIBE");
          for (int i = 1; i <= 3; i++) {
            peer.message(subscribe, "" + i, "" + i);
          }
          peer.receiptFor(subscribe);
          String first = peer.expect("ACK").require("id");
          // The first may have been alone when it was processed.
          assertThat(first.equals("1") ? peer.expect("ACK").require("id") : first).isEqualTo("2");
        });
    SubscribeOptions batched = SubscribeOptions.defaults().with(Acknowledgement.BATCHED);
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.flow().messages("/queue/a", batched).subscribe(recorder);
      recorder.subscription().request(2);

      assertThat(recorder.next()).isEqualTo("1");
      assertThat(recorder.next()).isEqualTo("2");
      broker.assertScriptsDone();
    }
  }

  @Test
  void whoCancelsInOnNextHasProcessedThatMessage() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "1", "1");
          peer.message(subscribe, "2", "2");
          assertThat(peer.expect("ACK").require("id")).isEqualTo("1");
          peer.expect("UNSUBSCRIBE");
        });
    Recorder one =
        new Recorder() {
          @Override
          public void onNext(Delivery delivery) {
            super.onNext(delivery);
            subscription().cancel();
          }
        };
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.flow().messages("/queue/a").subscribe(one);
      one.subscription().request(10);

      assertThat(one.next()).isEqualTo("1");
      broker.assertScriptsDone();
      assertThat(one.isSilent()).isTrue();
    }
  }

  /** Operators drop what comes after they have cancelled. */
  @Test
  void aMessageThatIsHandedOverWhileAnotherThreadCancelsIsNotAcknowledged() throws Exception {
    CountDownLatch handedOver = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          peer.message(peer.subscribed("1.2"), "1", "1");
          peer.expect("UNSUBSCRIBE");
        });
    Recorder slow =
        new Recorder() {
          @Override
          public void onNext(Delivery delivery) {
            handedOver.countDown();
            awaitQuietly(cancelled);
          }
        };
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.flow().messages("/queue/a").subscribe(slow);
      slow.subscription().request(10);
      handedOver.await();

      slow.subscription().cancel();
      cancelled.countDown();

      broker.assertScriptsDone();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aSubscriberThatThrowsRefusesItsMessageAndIsGone() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "1", "1");
          peer.message(subscribe, "2", "2");
          assertThat(peer.expect("NACK").require("id")).isEqualTo("1");
          peer.expect("UNSUBSCRIBE");
        });
    Recorder failing =
        new Recorder() {
          @Override
          public void onNext(Delivery delivery) {
            throw new IllegalStateException("no such article");
          }
        };
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.flow().messages("/queue/a").subscribe(failing);
      failing.subscription().request(10);

      broker.assertScriptsDone();
      assertThat(failing.isSilent()).isTrue();
    }
  }

  @Test
  void aStreamOutlivesLossesAndCompletesWhenTheClientIsClosed() throws Exception {
    broker.onConnection(
        peer -> {
          peer.message(peer.subscribed("1.2"), "1", "1");
          peer.expect("ACK");
          peer.reset();
        });
    broker.onConnection(
        peer -> {
          peer.message(peer.subscribed("1.2"), "2", "2");
          peer.expect("ACK");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    StompClient client = Clients.fast(broker.uri()).connect();
    client.flow().messages("/queue/a").subscribe(recorder);
    recorder.subscription().request(Long.MAX_VALUE);
    assertThat(recorder.next()).isEqualTo("1");
    assertThat(recorder.next()).isEqualTo("2");

    client.close();

    assertThat(recorder.next()).isEqualTo("complete");
  }

  @Test
  void aRefusedSubscriptionIsAnError() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          String receipt = peer.expect("SUBSCRIBE").require("receipt");
          peer.send("ERROR\nreceipt-id:" + receipt + "\nmessage:not allowed\n\n^@");
        });
    broker.otherwise(
        peer -> {
          peer.handshake("1.2");
          peer.expectEnd();
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.flow().messages("/queue/secret").subscribe(recorder);
      recorder.subscription().request(1);

      assertThat(recorder.next()).isEqualTo("BrokerErrorException");
      assertThat(recorder.isSilent()).isTrue();
    }
  }

  @Test
  void aStreamGivesOneMessageAfterTheOtherSoOptionsForSeveralAreRefused() {
    broker.otherwise(
        peer -> {
          peer.handshake("1.2");
          peer.expectEnd();
        });
    SubscribeOptions two = SubscribeOptions.defaults().concurrency(2);
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      FlowClient flow = client.flow();

      assertThatIllegalArgumentException()
          .isThrownBy(() -> flow.messages("/queue/a", two))
          .withMessageContaining("messages of /queue/a one after the other");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> flow.sink(0, WhenSendFails.CANCEL))
          .withMessageContaining("from 1 to 1000");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> flow.sink(1001, WhenSendFails.CANCEL))
          .withMessageContaining("raise Bounds.withUnconfirmed");
    }
  }

  @Test
  void aSinkRequestsAsMuchAsItsWindowHasRoomAndCountsWhatIsConfirmed() throws Exception {
    CountDownLatch submitted = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame first = peer.expect("SEND");
          Frame second = peer.expect("SEND");
          submitted.await();
          peer.expectSilence(A_WHILE);
          peer.receiptFor(first);
          Frame third = peer.expect("SEND");
          peer.receiptFor(second);
          peer.receiptFor(third);
          peer.expectEnd();
        });
    SubmissionPublisher<Outgoing> source = new SubmissionPublisher<>();
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      MessageSink sink = client.flow().sink(2, WhenSendFails.CANCEL);
      source.subscribe(sink);
      for (int i = 1; i <= 3; i++) {
        source.submit(Outgoing.to("/queue/a").text("" + i));
      }
      submitted.countDown();
      source.close();

      assertThat(sink.completion().toCompletableFuture().get(20, TimeUnit.SECONDS))
          .isEqualTo(new SinkCounts(3, 0));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSendThatFailsCancelsTheSourceOrIsCountedAsThePolicySays(WhenSendFails policy)
      throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          String receipt = peer.expect("SEND").require("receipt");
          peer.send("ERROR\nreceipt-id:" + receipt + "\nmessage:not allowed\n\n^@");
        });
    broker.otherwise(new QueueBroker()::serve);
    SubmissionPublisher<Outgoing> source = new SubmissionPublisher<>();
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      MessageSink sink = client.flow().sink(1, policy);
      source.subscribe(sink);
      source.submit(Outgoing.to("/queue/a").text("1"));
      source.submit(Outgoing.to("/queue/a").text("2"));
      source.close();

      if (policy == WhenSendFails.CANCEL) {
        assertThat(sink.completion())
            .failsWithin(LIMIT)
            .withThrowableOfType(ExecutionException.class)
            .withCauseInstanceOf(BrokerErrorException.class);
        assertThat(sink.counts()).isEqualTo(new SinkCounts(0, 1));
      } else {
        assertThat(sink.completion()).succeedsWithin(LIMIT).isEqualTo(new SinkCounts(1, 1));
      }
    }
  }

  @Test
  void aSourceThatFailsFailsTheSinkOnceItsMessagesAreDecided() throws Exception {
    CountDownLatch sent = new CountDownLatch(1);
    CountDownLatch failed = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame first = peer.expect("SEND");
          sent.countDown();
          failed.await();
          peer.receiptFor(first);
          peer.expectEnd();
        });
    try (StompClient client = Clients.fast(broker.uri()).connect();
        SubmissionPublisher<Outgoing> source = new SubmissionPublisher<>()) {
      MessageSink sink = client.flow().sink();
      source.subscribe(sink);
      source.submit(Outgoing.to("/queue/a").text("1"));
      sent.await();
      source.closeExceptionally(new IllegalStateException("no more lines"));
      assertThat(sink.completion().toCompletableFuture()).isNotDone();
      failed.countDown();

      assertThat(sink.completion())
          .failsWithin(LIMIT)
          .withThrowableOfType(ExecutionException.class)
          .withMessageContaining("no more lines");
      assertThat(sink.counts().confirmed()).isEqualTo(1);
    }
  }
}
