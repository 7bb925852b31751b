package io.stompbox.checks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.checks.matrix.Fault;
import io.stompbox.client.Outgoing;
import io.stompbox.client.SendCounts;
import io.stompbox.client.StompClient;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The limit for closing that holds by default; shorter ones are scenarios. */
class ClosingLimitTest {
  private static final int SENDS = 500;
  private static final Duration DEFAULT = Duration.ofSeconds(10);

  @Tag(Fault.SOAK)
  @Fault("F37")
  @Test
  void closingWithADeadBrokerTakesTenSecondsAndCountsEverySend() {
    try (ScriptedBroker broker = ScriptedBroker.start()) {
      broker.otherwise(
          peer -> {
            peer.handshake("1.2");
            peer.patience(Duration.ofMinutes(1));
            peer.expectEnd();
          });
      StompClient client = StompClient.connect(broker.uri());
      for (int i = 0; i < SENDS; i++) {
        client.sendConfirmed(Outgoing.to("/queue/a").text("" + i));
      }
      long start = System.nanoTime();
      client.close();
      Duration taken = Duration.ofNanos(System.nanoTime() - start);
      SendCounts sends = client.sends();
      System.out.printf("closing: %d ms, %s%n", taken.toMillis(), sends);

      assertThat(taken).isGreaterThanOrEqualTo(DEFAULT);
      assertThat(sends.unknown() + sends.notSent() + sends.confirmed()).isEqualTo(SENDS);
      assertThat(sends.confirmed()).isZero();
    }
  }
}
