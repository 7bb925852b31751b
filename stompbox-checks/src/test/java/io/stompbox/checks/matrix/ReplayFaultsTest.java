package io.stompbox.checks.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.checks.invariants.Invariants;
import io.stompbox.client.StompClient;
import io.stompbox.client.Subscription;
import io.stompbox.protocol.failover.BackOff;
import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is made again on the next connection. */
class ReplayFaultsTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int RESETS = 3;
  private static final int SUBSCRIPTIONS = 8;

  private final ScriptedBroker broker = ScriptedBroker.start();
  private final ExecutorService threads = Executors.newFixedThreadPool(SUBSCRIPTIONS);

  @AfterEach
  void stop() {
    threads.shutdownNow();
    broker.close();
  }

  /** Each reset comes as soon as the broker has seen some of the eight. */
  @Fault("F18")
  @Test
  void lossesWhileManySubscribeGiveOneSubscribeForEachIdAndConnection(Invariants invariants)
      throws Exception {
    for (int reset = 1; reset <= RESETS; reset++) {
      int seen = 2 * reset;
      broker.onConnection(
          peer -> {
            peer.handshake("1.2");
            for (int i = 0; i < seen; i++) {
              peer.expect("SUBSCRIBE");
            }
            peer.reset();
          });
    }
    List<String> made = new CopyOnWriteArrayList<>();
    broker.onConnection(peer -> confirmAll(peer, made));
    StompClient client = connect(invariants);

    List<CompletableFuture<Subscription>> subscriptions =
        IntStream.range(0, SUBSCRIPTIONS)
            .mapToObj(number -> "/queue/" + number)
            .map(name -> CompletableFuture.supplyAsync(() -> client.subscribe(name), threads))
            .toList();

    for (int i = 0; i < SUBSCRIPTIONS; i++) {
      assertThat(subscriptions.get(i).get().receive(LIMIT).orElseThrow().text())
          .isEqualTo("/queue/" + i);
    }
    assertThat(client.epoch()).isEqualTo(RESETS + 1);
    client.close();
    broker.assertScriptsDone();
    assertThat(made)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, SUBSCRIPTIONS).mapToObj(number -> "/queue/" + number).toList());
  }

  /** Confirms what comes, with a message for each SUBSCRIBE. */
  private static void confirmAll(Peer peer, List<String> made) {
    peer.handshake("1.2");
    peer.patience(LIMIT);
    for (Frame frame = next(peer); frame != null; frame = next(peer)) {
      if (frame.headers().has("receipt")) {
        peer.receiptFor(frame);
      }
      if (frame.command().name().equals("SUBSCRIBE")) {
        made.add(frame.require("destination"));
        peer.message(frame, "m-" + made.size(), frame.require("destination"));
      }
    }
  }

  private static @Nullable Frame next(Peer peer) {
    return peer.next().orElse(null);
  }

  private StompClient connect(Invariants invariants) {
    BackOff soon =
        new BackOff(Duration.ofMillis(10), Duration.ofMillis(10), 1, new BackOff.Jitter.None());
    return invariants.connect(
        options ->
            StompClient.builder(broker.uri())
                .connect(options)
                .reconnect(ReconnectPolicy.standard().with(soon))
                .connect());
  }
}
