package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The future of the end, clean or not. */
class EndedTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  @Test
  void aClientThatIsClosedEndsWithItsReport() {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    StompClient client = StompClient.connect(broker.uri());
    CompletionStage<CloseReport> ended = client.ended();
    assertThat(ended).isNotDone();

    CloseReport report = client.close(LIMIT);

    assertThat(ended).isCompletedWithValue(report);
    assertThat(report.failure()).isEmpty();
  }

  @Test
  void aClientThatGivesUpEndsWithTheReason() {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.send("ERROR\nmessage:enough\n\n^@");
          peer.expectEnd();
        });
    String uri = "failover:(" + broker.uri() + ")?maxReconnectAttempts=0";
    try (StompClient client = StompClient.connect(uri)) {
      assertThat(client.ended())
          .failsWithin(LIMIT)
          .withThrowableThat()
          .havingCause()
          .isInstanceOf(ConnectionLostException.class)
          .withMessageContaining("hung up before CONNECTED");
    }
  }

  @Test
  void aConnectionThatIsClosedByEitherSideEndsWithoutAFault() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.close();
        });
    Connection mine = Connection.open(broker.uri());
    mine.close();
    assertThat(mine.ended()).succeedsWithin(LIMIT);

    assertThat(Connection.open(broker.uri()).ended()).succeedsWithin(LIMIT);
  }

  @Test
  void aConnectionThatTheBrokerComplainsOfEndsWithItsWordsAndItsFrame() {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.send("ERROR\nmessage:enough\ncode:7\n\n^@");
          peer.expectEnd();
        });
    assertThat(Connection.open(broker.uri()).ended())
        .failsWithin(LIMIT)
        .withThrowableThat()
        .havingCause()
        .isInstanceOfSatisfying(
            BrokerErrorException.class,
            error -> {
              assertThat(error.frame().header("code")).isEqualTo("7");
              assertThat(error).hasMessageContaining("enough");
              assertThat(error.toString()).contains("ERROR [message:enough, code:7]");
            });
  }
}
