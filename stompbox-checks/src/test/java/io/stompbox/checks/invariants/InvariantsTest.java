package io.stompbox.checks.invariants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.client.Confirmation;
import io.stompbox.client.ConnectOptions;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import io.stompbox.testkit.QueueBroker;
import io.stompbox.testkit.ScriptedBroker;
import java.lang.Thread.UncaughtExceptionHandler;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each invariant that is broken is noticed. */
class InvariantsTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final @Nullable UncaughtExceptionHandler handler =
      Thread.getDefaultUncaughtExceptionHandler();

  private final Invariants invariants = Invariants.begin(Duration.ofMillis(500));

  @AfterEach
  void restoreTheHandler() {
    Thread.setDefaultUncaughtExceptionHandler(handler);
  }

  @Test
  void allHoldForAClientThatSendsReceivesAndCloses() throws Exception {
    Invariants patient = Invariants.begin();
    try (ScriptedBroker broker = ScriptedBroker.start().otherwise(new QueueBroker()::serve)) {
      StompClient client = patient.connect(options -> client(broker, options));
      patient.sendConfirmed(client, Outgoing.to("/queue/a").text("one")).await(LIMIT);
      patient.send(client, Outgoing.to("/queue/a").text("two"));
      client.subscribe("/queue/a").receive(LIMIT).orElseThrow().ack();
      client.close();
    }
    patient.arrived(List.of("one"), List.of("one"));

    Counters counters = patient.end();

    assertThat(counters.toString())
        .startsWith("sent=1 confirmed=1 failed=0 sent-again=0 received=")
        .contains(" lost=0 duplicated=0 stale-acks=0 stale-acks-written=0 outage=0ms threads=0");
  }

  @Test
  void aThreadThatIsLeftIsFound() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    Thread left = new Thread(() -> await(end), "stompbox-left");
    left.start();

    assertBroken("stompbox-left");

    end.countDown();
    left.join();
  }

  @Test
  void aSocketThatIsLeftIsFound() throws Exception {
    try (ServerSocket left = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertBroken("socket:[", "0100007F:%04X".formatted(left.getLocalPort()));
    }
  }

  @Test
  void anExceptionThatEndsAThreadIsFound() throws Exception {
    Thread thread =
        new Thread(
            () -> {
              throw new IllegalStateException("nobody catches it");
            },
            "failing");
    thread.start();
    thread.join();

    assertBroken("an exception ended the thread failing: java.lang.IllegalStateException");
  }

  @Test
  void aSendThatNobodyKnowsOfIsFound() throws Exception {
    try (ScriptedBroker broker = ScriptedBroker.start().otherwise(new QueueBroker()::serve)) {
      StompClient client = invariants.connect(options -> client(broker, options));
      client.sendConfirmed(Outgoing.to("/queue/a").text("one")).await(LIMIT);
      client.close();
    }

    assertBroken("Confirmed was told 0 times, but counted 1");
  }

  @Test
  void anOutcomeThatNoClientCountedIsFound() throws Exception {
    try (ScriptedBroker broker = ScriptedBroker.start().otherwise(new QueueBroker()::serve);
        StompClient other = StompClient.connect(broker.uri())) {
      Confirmation confirmation = other.sendConfirmed(Outgoing.to("/queue/a").text("one"));
      confirmation.await(LIMIT);
      invariants.sent(confirmation);
    }

    assertBroken("Confirmed was told 1 times, but counted 0");
  }

  @Test
  void messagesThatAreLostOrDoubledAreFound() {
    invariants.arrived(List.of("a", "b"), List.of("a", "a"));

    assertBroken("lost messages: 1, more than 0; second copies: 1, more than 0");
  }

  private void assertBroken(String... what) {
    assertThatThrownBy(invariants::end)
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("broken invariants: ")
        .hasMessageContainingAll(what);
  }

  private static StompClient client(ScriptedBroker broker, ConnectOptions options) {
    return StompClient.builder(broker.uri()).connect(options).connect();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
