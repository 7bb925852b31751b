package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stompbox.protocol.failover.BackOff;
import io.stompbox.protocol.failover.BackOff.Jitter;
import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.ScriptedBroker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client as stages see it. */
class AsyncTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  @Test
  void connectingAndClosingAreStages() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.receiptFor(peer.expect("DISCONNECT"));
          peer.expectEnd();
        });

    StompClient client = get(Clients.fast(broker.uri()).connectAsync());
    assertThat(client.state()).isEqualTo(ClientState.CONNECTED);
    CloseReport report = get(client.async().close(LIMIT));

    assertThat(report.drained()).isTrue();
    assertThat(client.state()).isEqualTo(ClientState.CLOSED);
    assertThat(get(client.async().close())).isEqualTo(report);
    broker.assertScriptsDone();
  }

  @Test
  void aRefusedConnectionFailsTheStageWithWhatConnectWouldThrow() {
    broker.onConnection(
        peer -> {
          peer.expect("CONNECT");
          peer.send("ERROR\nmessage:no such user\n\n^@");
        });

    assertThatThrownBy(() -> get(StompClient.builder(broker.uri()).connectAsync()))
        .isInstanceOf(BrokerErrorException.class)
        .hasMessageContaining("no such user");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cancelled", "completed with a limit"})
  void aStageThatIsEndedBeforeTheBrokerAnswersEndsTheAttempt(String how) throws Exception {
    CountDownLatch connecting = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          peer.expect("CONNECT");
          connecting.countDown();
          peer.expectEnd();
        });
    BlockingQueue<ClientState> states = new LinkedBlockingQueue<>();
    CompletableFuture<StompClient> attempt =
        Clients.fast(broker.uri())
            .onStateChange(change -> states.add(change.to()))
            .connectAsync()
            .toCompletableFuture();
    assertThat(connecting.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    if (how.equals("cancelled")) {
      attempt.cancel(true);
    } else {
      attempt.completeExceptionally(new TimeoutException("on purpose"));
    }

    broker.assertScriptsDone();
    await().atMost(LIMIT).until(() -> states.contains(ClientState.CLOSED));
    assertThat(states)
        .containsExactly(ClientState.CONNECTING, ClientState.DRAINING, ClientState.CLOSED);
  }

  @Test
  void aStageThatIsCancelledBetweenTwoAttemptsEndsThem() throws Exception {
    BlockingQueue<ClientState> states = new LinkedBlockingQueue<>();
    CountDownLatch refused = new CountDownLatch(1);
    broker.otherwise(
        peer -> {
          peer.expect("CONNECT");
          peer.close();
          refused.countDown();
        });
    BackOff inADay = new BackOff(Duration.ofDays(1), Duration.ofDays(1), 1, new Jitter.None());
    CompletableFuture<StompClient> attempt =
        Clients.fast(broker.uri())
            .reconnect(ReconnectPolicy.standard().with(inADay).withStartupRetries(5))
            .onStateChange(change -> states.add(change.to()))
            .connectAsync()
            .toCompletableFuture();
    assertThat(refused.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    attempt.cancel(true);

    await().atMost(LIMIT).until(() -> states.contains(ClientState.CLOSED));
    assertThat(states)
        .containsExactly(ClientState.CONNECTING, ClientState.DRAINING, ClientState.CLOSED);
  }

  @Test
  void aConfirmedSendCompletesWithTheReceiptOnAThreadOfTheHandlers() throws Exception {
    CountDownLatch watched = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame send = peer.expect("SEND");
          watched.await();
          peer.receiptFor(send);
          peer.expectEnd();
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      CompletionStage<Outcome.Confirmed> sent =
          client.async().sendConfirmed(Outgoing.to("/queue/a").text("x"));
      CompletionStage<String> thread =
          sent.thenApply(confirmed -> Thread.currentThread().getName());
      watched.countDown();

      assertThat(get(thread)).isEqualTo("stompbox-handler");
      assertThat(get(sent).attempts()).isEqualTo(1);
    }
  }

  @Test
  void whatTheBrokerRefusesFailsItsStage() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          String receipt = peer.expect("SEND").require("receipt");
          peer.send("ERROR\nreceipt-id:" + receipt + "\nmessage:not allowed\n\n^@");
        });
    broker.otherwise(
        peer -> {
          peer.handshake("1.2");
          peer.expectEnd();
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      CompletionStage<String> message =
          client
              .async()
              .sendConfirmed(Outgoing.to("/queue/a"))
              .handle((confirmed, failure) -> failure.getClass().getSimpleName());

      assertThat(get(message)).isEqualTo("BrokerErrorException");
    }
  }

  @Test
  void aFullWindowFailsTheStageAtOnceAndNothingIsSent() throws Exception {
    CountDownLatch full = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame first = peer.expect("SEND");
          full.await();
          peer.receiptFor(first);
          assertThat(peer.expect("SEND").text()).isEqualTo("third");
        });
    try (StompClient client =
        Clients.fast(broker.uri()).bounds(Bounds.defaults().withUnconfirmed(1)).connect()) {
      AsyncClient async = client.async();
      CompletionStage<Outcome.Confirmed> first =
          async.sendConfirmed(Outgoing.to("/queue/a").text("first"));

      assertThat(async.sendConfirmed(Outgoing.to("/queue/a").text("second")))
          .isCompletedExceptionally()
          .failsWithin(LIMIT)
          .withThrowableOfType(ExecutionException.class)
          .havingCause()
          .isInstanceOf(StompTimeoutException.class)
          .withMessageContaining("1 sends for their confirmation; nothing was sent");
      full.countDown();
      get(first);
      assertThat(get(async.send(Outgoing.to("/queue/a").text("third")))).isNull();
      broker.assertScriptsDone();
    }
  }

  @Test
  void aMistakeOfTheProgramFailsTheStage() {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expectEnd();
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      CompletionStage<Subscription> blank =
          client.async().subscribe(" ", delivery -> CompletableFuture.completedStage(1));

      assertThatThrownBy(() -> get(blank))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("the destination is blank");
    }
  }

  @Test
  void aMessageIsAcknowledgedWhenTheStageOfItsHandlerCompletesAndUntilThenTheNextOneWaits()
      throws Exception {
    CountDownLatch silent = new CountDownLatch(1);
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "1", "one");
          peer.message(subscribe, "2", "two");
          peer.expectSilence(Duration.ofMillis(50));
          silent.countDown();
          assertThat(peer.expect("ACK").require("id")).isEqualTo("1");
          assertThat(peer.expect("NACK").require("id")).isEqualTo("2");
          peer.expect("UNSUBSCRIBE");
        });
    BlockingQueue<String> begun = new LinkedBlockingQueue<>();
    List<CompletableFuture<String>> stages =
        List.of(new CompletableFuture<>(), new CompletableFuture<>());
    // Unsubscribing waits for handlers within the limit for closing.
    try (StompClient client = Clients.fast(broker.uri()).timeouts(Timeouts.defaults()).connect()) {
      Subscription subscription =
          get(
              client
                  .async()
                  .subscribe(
                      "/queue/a",
                      delivery -> {
                        begun.add(delivery.text());
                        return stages.get(delivery.text().equals("one") ? 0 : 1);
                      }));
      assertThat(begun.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo("one");
      silent.await();
      assertThat(begun).isEmpty();

      stages.get(0).complete("processed");
      assertThat(begun.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo("two");
      stages.get(1).completeExceptionally(new IllegalStateException("no such article"));

      get(client.async().unsubscribe(subscription));
      assertThat(subscription.isOpen()).isFalse();
      broker.assertScriptsDone();
    }
  }

  @Test
  void stagesThatHaveNotCompletedKeepNoThread() throws Exception {
    int messages = 50;
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          for (int i = 0; i < messages; i++) {
            peer.message(subscribe, "" + i, "" + i);
          }
          for (int i = 0; i < messages; i++) {
            peer.expect("ACK");
          }
        });
    BlockingQueue<CompletableFuture<String>> begun = new LinkedBlockingQueue<>();
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      SubscribeOptions many = SubscribeOptions.defaults().concurrency(messages);
      get(
          client
              .async()
              .subscribe(
                  "/queue/a",
                  many,
                  delivery -> {
                    CompletableFuture<String> stage = new CompletableFuture<>();
                    begun.add(stage);
                    return stage;
                  }));
      await().atMost(LIMIT).until(() -> begun.size() == messages);

      await().atMost(LIMIT).until(() -> busyHandlers() == 0);
      begun.forEach(stage -> stage.complete("processed"));

      broker.assertScriptsDone();
    }
  }

  /** Threads that wait for another task are not busy. */
  private static long busyHandlers() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(each -> each.getKey().getName().equals("stompbox-handler"))
        .filter(
            each ->
                Stream.of(each.getValue())
                    .anyMatch(frame -> frame.getClassName().endsWith("Dispatcher")))
        .count();
  }

  @Test
  void aHandlerThatReturnsNoStageHasFailed() throws Exception {
    broker.onConnection(
        peer -> {
          Frame subscribe = peer.subscribed("1.2");
          peer.message(subscribe, "1", "one");
          peer.expect("NACK");
        });
    BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
    SubscribeOptions how =
        SubscribeOptions.defaults().onError((subscription, delivery, cause) -> failures.add(cause));
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      get(client.async().subscribe("/queue/a", how, delivery -> noStage()));

      assertThat(failures.poll(LIMIT.toSeconds(), TimeUnit.SECONDS))
          .hasMessageContaining("return a stage that completes when the message is processed");
      broker.assertScriptsDone();
    }
  }

  @SuppressWarnings("NullAway") // What a program does that is not checked for nulls.
  private static CompletionStage<String> noStage() {
    return null;
  }

  @Test
  void aTransactionCommitsWhenItsWorkCompletesAndAbortsWhenItFails() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          String first = peer.expect("BEGIN").require("transaction");
          assertThat(peer.expect("SEND").require("transaction")).isEqualTo(first);
          peer.receiptFor(peer.expect("COMMIT"));
          String second = peer.expect("BEGIN").require("transaction");
          assertThat(peer.expect("SEND").require("transaction")).isEqualTo(second);
          assertThat(peer.expect("ABORT").require("transaction")).isEqualTo(second);
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      AsyncClient async = client.async();
      CompletableFuture<String> later = new CompletableFuture<>();
      CompletionStage<String> done =
          async.inTransaction(
              transaction -> {
                transaction.send("/queue/a", "1");
                return later;
              });
      later.complete("result");
      assertThat(get(done)).isEqualTo("result");

      assertThatThrownBy(
              () ->
                  get(
                      async.inTransaction(
                          transaction -> {
                            transaction.send("/queue/a", "2");
                            throw new IOException("out of stock");
                          })))
          .isInstanceOf(IOException.class)
          .hasMessage("out of stock");
      broker.assertScriptsDone();
    }
  }

  @Test
  void anErrorInATransactionAbortsItToo() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          String begun = peer.expect("BEGIN").require("transaction");
          assertThat(peer.expect("ABORT").require("transaction")).isEqualTo(begun);
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      CompletionStage<String> done =
          client
              .async()
              .inTransaction(
                  transaction -> {
                    throw new StackOverflowError("on purpose");
                  });
      assertThatThrownBy(done.toCompletableFuture()::get)
          .cause()
          .isInstanceOf(StackOverflowError.class)
          .hasMessage("on purpose");
      broker.assertScriptsDone();
    }
  }

  @Test
  void aClosedClientFailsStagesAtOnce() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    StompClient client = Clients.fast(broker.uri()).connect();
    client.close();
    AsyncClient async = client.async();

    for (CompletionStage<?> stage :
        List.of(
            async.send(Outgoing.to("/queue/a")),
            async.sendConfirmed(Outgoing.to("/queue/a")),
            async.subscribe("/queue/a", delivery -> CompletableFuture.completedStage(1)),
            async.begin())) {
      assertThatThrownBy(() -> get(stage)).isInstanceOf(ConnectionLostException.class);
    }
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    try {
      return stage.toCompletableFuture().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw (Exception) e.getCause();
    }
  }
}
