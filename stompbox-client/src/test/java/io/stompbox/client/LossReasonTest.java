package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.stompbox.protocol.failover.ReconnectPolicy;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Whoever is told that the connection is gone is told why. */
class LossReasonTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();
  private final CountDownLatch failed = new CountDownLatch(1);

  @Test
  void subscriptionThatMayNotRecoverEndsWithTheBrokersError() {
    broker.onConnection(
        peer -> {
          peer.subscribed("1.2");
          peer.send("ERROR\nmessage:go away\n\n^@");
          peer.expectEnd();
        });

    try (StompClient client = connect()) {
      Subscription subscription = client.subscribe("/queue/a");

      assertThatThrownBy(() -> subscription.receive(LIMIT))
          .isInstanceOfSatisfying(
              BrokerErrorException.class,
              error -> assertThat(error.brokerWords()).isEqualTo("go away"));
    }
  }

  @RepeatedTest(10)
  void sendAfterTheEndNamesTheBrokersErrorAsItsCause() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expect("SEND");
          peer.send("ERROR\nmessage:go away\n\n^@");
          peer.expectEnd();
        });

    try (StompClient client = connect()) {
      client.send("/queue/a", "x");
      assertThat(failed.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();

      Throwable thrown = catchThrowable(() -> client.send("/queue/a", "y"));

      assertThat(thrown)
          .isInstanceOf(ConnectionLostException.class)
          .hasMessageContaining("go away")
          .hasCauseInstanceOf(BrokerErrorException.class);
    }
  }

  /** The ERROR may come before, while or after the client says goodbye. */
  @RepeatedTest(10)
  void closingTellsOfARefusalThatNobodyWaitedFor() {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.expect("SEND");
          peer.send("ERROR\nmessage:go away\n\n^@");
          peer.expectEnd();
        });
    StompClient client = connect();
    client.send("/queue/a", "x");

    CloseReport report = client.close(LIMIT);

    assertThat(report.failure()).containsInstanceOf(BrokerErrorException.class);
  }

  @Test
  void closingInGoodOrderTellsOfNothing() {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.receiptFor(peer.expect("DISCONNECT"));
          peer.close();
        });

    CloseReport report = connect().close(LIMIT);

    assertThat(report.failure()).isEmpty();
    assertThat(report.drained()).isTrue();
  }

  private StompClient connect() {
    return StompClient.builder(broker.uri())
        .reconnect(ReconnectPolicy.never())
        .onStateChange(
            change -> {
              if (change.to() == ClientState.FAILED) {
                failed.countDown();
              }
            })
        .connect();
  }
}
