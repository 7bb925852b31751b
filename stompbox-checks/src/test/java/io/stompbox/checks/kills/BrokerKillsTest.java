package io.stompbox.checks.kills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stompbox.client.StompClient;
import java.util.BitSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is promised of brokers that are killed, in small; {@code ./check soak} does it in large. */
class BrokerKillsTest {
  private static final Load SENDS = new Load(10_000, 2, 4711);
  private static final Load CONSUMED = new Load(2000, 2, 4711);

  @ParameterizedTest
  @EnumSource(names = {"ACTIVEMQ", "ARTEMIS"})
  void nothingConfirmedIsLostOrOutOfOrderWhenTheBrokerIsKilled(KilledBroker broker)
      throws InterruptedException {
    Report report = Traffic.SEND.run(broker, SENDS);

    assertThat(report.broken()).as(report.toString()).isEmpty();
    assertThat(report.of("kills")).isEqualTo(2);
    assertThat(report.of("received")).isEqualTo(10_000);
  }

  @ParameterizedTest
  @EnumSource(names = {"ACTIVEMQ", "ARTEMIS", "RABBITMQ"})
  void onlyPersistentMessagesOutliveTheBroker(KilledBroker broker) throws InterruptedException {
    assumeTrue(broker.isInstalled(), broker + " is not installed");

    try (Scene scene = Scene.start(broker, new Load(2, 1, 4711))) {
      try (StompClient client = scene.connect()) {
        client.sendConfirmed(scene.transientMessage(0)).await(Scene.LIMIT);
        client.sendConfirmed(scene.message(1)).await(Scene.LIMIT);
        assertThat(client.sends().confirmed()).isEqualTo(2);
        scene.broker().kill();
      }
      scene.broker().startAgain();

      Arrivals arrivals = scene.drain();

      assertThat(arrivals.distinct()).isEqualTo(1);
      assertThat(arrivals.missing(BitSet.valueOf(new long[] {0b10}))).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ACTIVEMQ", "ARTEMIS", "RABBITMQ"})
  void everyMessageIsProcessedAndNoStaleAckIsWrittenWhenTheBrokerIsKilled(KilledBroker broker)
      throws InterruptedException {
    assumeTrue(broker.isInstalled(), broker + " is not installed");

    Report report = Traffic.CONSUME.run(broker, CONSUMED);

    assertThat(report.broken()).as(report.toString()).isEmpty();
    assertThat(report.of("kills")).isEqualTo(2);
    assertThat(report.of("stale-acks-refused")).isPositive();
    assertThat(report.of("acks-written")).isPositive();
  }
}
