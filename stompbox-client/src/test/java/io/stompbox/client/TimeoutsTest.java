package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.stompbox.protocol.session.FrameOptions;
import io.stompbox.testkit.QueueBroker;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Limits that no clock can keep. */
class TimeoutsTest {
  static Stream<Named<UnaryOperator<Timeouts>>> settings() {
    Duration forever = ChronoUnit.FOREVER.getDuration();
    return Stream.of(
        Named.of("connect", timeouts -> timeouts.withConnect(forever)),
        Named.of("receipt", timeouts -> timeouts.withReceipt(forever)),
        Named.of("space", timeouts -> timeouts.withSpace(forever)),
        Named.of("delivery", timeouts -> timeouts.withDelivery(forever)),
        Named.of("writeStall", timeouts -> timeouts.withWriteStall(forever)),
        Named.of("frame", timeouts -> timeouts.withFrame(forever)),
        Named.of("idle", timeouts -> timeouts.withIdle(forever)),
        Named.of("close", timeouts -> timeouts.withClose(forever)));
  }

  /** The watch over a connection would end with the first sum that overflows, without a word. */
  @ParameterizedTest
  @MethodSource("settings")
  void foreverIsRefusedWhereItIsGiven(UnaryOperator<Timeouts> setting) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> setting.apply(Timeouts.defaults()))
        .withMessageContaining("must not be longer than 146 years");
  }

  private interface Waiting {
    void on(StompClient client, Duration limit) throws Exception;
  }

  static Stream<Named<Waiting>> waits() {
    return Stream.of(
        Named.of("a receipt", (client, limit) -> sent(client).await(limit)),
        Named.of("a flush", StompClient::flush),
        Named.of(
            "a message of a subscription",
            (client, limit) -> {
              sent(client);
              assertThat(client.subscribe("/queue/a").receive(limit)).isPresent();
            }),
        Named.of(
            "a message of any",
            (client, limit) -> {
              client.subscribe("/queue/a");
              sent(client);
              assertThat(client.receive(limit)).isPresent();
            }),
        Named.of(
            "a message in a loop",
            (client, limit) -> {
              client.subscribe("/queue/a");
              sent(client);
              LoopOptions how = LoopOptions.defaults().withLimit(limit);
              assertThat(client.loop(how, Optional::of)).isPresent();
            }),
        Named.of(
            "a message in a transaction",
            (client, limit) -> {
              client.subscribe("/queue/a");
              sent(client);
              try (Transaction transaction = client.begin()) {
                assertThat(transaction.receive(limit)).isPresent();
              }
            }),
        Named.of(
            "the end",
            (client, limit) -> {
              assertThat(client.close(limit).drained()).isTrue();
              assertThat(client.state()).isEqualTo(ClientState.CLOSED);
            }));
  }

  private static Confirmation sent(StompClient client) {
    return client.sendConfirmed(Outgoing.to("/queue/a").text("x"));
  }

  @ParameterizedTest
  @MethodSource("waits")
  void whoeverWaitsMayDoSoForever(Waiting waiting) throws Exception {
    try (ScriptedBroker broker = ScriptedBroker.start()) {
      broker.otherwise(new QueueBroker()::serve);
      try (StompClient client = StompClient.connect(broker.uri())) {
        waiting.on(client, ChronoUnit.FOREVER.getDuration());
      }
    }
  }

  @Test
  void soMayWhoeverWaitsForFrames() throws Exception {
    try (ScriptedBroker broker = ScriptedBroker.start()) {
      broker.otherwise(new QueueBroker()::serve);
      try (Connection connection = Connection.open(broker.uri())) {
        FrameOptions withReceipt = FrameOptions.NONE.withReceipt("mine");
        connection.send(connection.commands().subscribe("/queue/a", "1", "auto", withReceipt));

        assertThat(connection.receive(ChronoUnit.FOREVER.getDuration())).isPresent();
      }
    }
  }

  @Test
  void aCenturyIsTaken() {
    Duration century = Duration.ofDays(36_500);

    assertThat(Timeouts.defaults().withIdle(century).idle()).isEqualTo(century);
  }
}
