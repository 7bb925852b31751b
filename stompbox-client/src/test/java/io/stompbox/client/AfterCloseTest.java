package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Once a client is closed, nothing of the program's is called any more. */
class AfterCloseTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final ScriptedBroker broker =
      ScriptedBroker.start()
          .otherwise(
              peer -> {
                peer.handshake("1.2");
                peer.expectEnd();
              });

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  @RepeatedTest(20)
  void allStateChangesAreHeardBeforeCloseReturns() {
    List<ClientState> heard = new CopyOnWriteArrayList<>();
    StompClient client =
        Clients.fast(broker.uri()).onStateChange(change -> heard.add(change.to())).connect();

    client.close(Duration.ofMillis(50));

    assertThat(heard)
        .containsExactly(
            ClientState.CONNECTING,
            ClientState.CONNECTED,
            ClientState.DRAINING,
            ClientState.CLOSED);
  }

  @RepeatedTest(20)
  void everyOutcomeHasReachedItsCallbackWhenCloseReturns() {
    List<Outcome> heard = new CopyOnWriteArrayList<>();
    StompClient client = Clients.fast(broker.uri()).connect();
    for (int i = 0; i < 100; i++) {
      client.sendConfirmed(Outgoing.to("/queue/a").text("x")).stage().thenAccept(heard::add);
    }

    CloseReport report = client.close(Duration.ofMillis(50));

    assertThat(heard).hasSize(100);
    assertThat(report.sends().unknown() + report.sends().notSent()).isEqualTo(100);
  }

  @Test
  void aListenerThatDoesNotReturnHearsOfNothingMoreAfterTheLimit() throws Exception {
    List<ClientState> heard = new CopyOnWriteArrayList<>();
    CompletableFuture<@Nullable Void> go = new CompletableFuture<>();
    CompletableFuture<Thread> listening = new CompletableFuture<>();
    StompClient client =
        Clients.fast(broker.uri())
            .onStateChange(
                change -> {
                  heard.add(change.to());
                  if (change.to() == ClientState.CONNECTED) {
                    listening.complete(Thread.currentThread());
                    go.join();
                  }
                })
            .connect();
    Thread listener = listening.get(LIMIT.toSeconds(), TimeUnit.SECONDS);

    client.close(Duration.ofMillis(100));
    go.complete(null);
    await().atMost(LIMIT).until(() -> !listener.isAlive());

    assertThat(heard).containsExactly(ClientState.CONNECTING, ClientState.CONNECTED);
  }

  @Test
  void aListenerMayCloseTheClientWhileAnotherThreadDoes() throws Exception {
    CompletableFuture<StompClient> shared = new CompletableFuture<>();
    BlockingQueue<CloseReport> reports = new LinkedBlockingQueue<>();
    StompClient client =
        Clients.fast(broker.uri())
            .onStateChange(
                change -> {
                  if (change.to() == ClientState.DRAINING) {
                    reports.add(shared.join().close(Duration.ofMinutes(1)));
                  }
                })
            .connect();
    shared.complete(client);

    long start = System.nanoTime();
    CloseReport report = client.close(Duration.ofMillis(500));

    assertThat(reports.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(report);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void noThreadOfTheClientIsLeft() {
    List<Thread> threads = new ArrayList<>();
    StompClient client =
        Clients.fast(broker.uri())
            .onStateChange(change -> threads.add(Thread.currentThread()))
            .connect();
    client.sendConfirmed(Outgoing.to("/queue/a").text("x"));

    client.close(Duration.ofMillis(50));

    await().atMost(LIMIT).until(() -> threads.stream().noneMatch(Thread::isAlive));
  }
}
