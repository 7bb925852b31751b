package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Version;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The first frame each way, and receipts of single frames. */
class FirstFramesTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  @Test
  void theConnectedFrameAndTheAddressThatWasReachedAreThere() throws Exception {
    String connected = "CONNECTED\nversion:1.2\nserver:s\nsession:7\nown:x\n\n^@";
    for (int connection = 0; connection < 2; connection++) {
      broker.onConnection(
          peer -> {
            peer.expect("CONNECT");
            peer.send(connected);
            peer.receiptFor(peer.expect("DISCONNECT"));
          });
    }
    try (Connection connection = Connection.open(broker.uri());
        StompClient client = Clients.fast(broker.uri()).connect()) {
      assertThat(connection.isOpen()).isTrue();
      assertThat(connection.connected().headers().asMap())
          .containsEntry("session", "7")
          .containsEntry("own", "x");
      assertThat(connection.address().port()).isEqualTo(broker.port());
      assertThat(client.connected()).isEqualTo(connection.connected());
    }
    broker.assertScriptsDone();
  }

  @Test
  void theFirstFrameIsStompWhereThatIsWanted() throws Exception {
    broker.onConnection(
        peer -> {
          Frame first = peer.next().orElseThrow();
          assertThat(first.command()).isEqualTo(Command.STOMP);
          assertThat(first.require("accept-version")).isEqualTo("1.1,1.2");
          peer.send("CONNECTED\nversion:1.1\n\n^@");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    Offer offer = Offer.standard().with(Offer.Opening.STOMP);
    try (StompClient client = Clients.fast(broker.uri()).offer(offer).connect()) {
      assertThat(client.agreement().version()).isEqualTo(Version.V1_1);
      assertThat(client.agreement().version().hasNack()).isTrue();
    }
    broker.assertScriptsDone();
  }

  @Test
  void aStompFrameCantOffer10Alone() {
    Offer offer = Offer.standard().with(Set.of(Version.V1_0));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> offer.with(Offer.Opening.STOMP))
        .withMessageContaining("STOMP 1.0 has no STOMP frame");
  }

  @Test
  void aFrameGetsItsReceiptWhileOthersAreReceived() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame begin = peer.expect("BEGIN");
          assertThat(begin.require("receipt")).isEqualTo("mine");
          peer.send("MESSAGE\nsubscription:s\nmessage-id:1\ndestination:/queue/a\n\nx^@");
          peer.receiptFor(begin);
          peer.receiptFor(peer.expect("COMMIT"));
          peer.send("RECEIPT\nreceipt-id:nobody's\n\n^@");
          peer.receiptFor(peer.expect("DISCONNECT"));
        });
    try (Connection connection = Connection.open(broker.uri())) {
      Frame begin = connection.commands().begin("t");
      Confirmation begun = connection.sendConfirmed(begin.with("receipt", "mine"));
      assertThat(begun.await(LIMIT).epoch()).isEqualTo(1);
      connection.sendConfirmed(connection.commands().commit("t")).await(LIMIT);

      assertThat(connection.receive(LIMIT).orElseThrow().command()).isEqualTo(Command.MESSAGE);
      assertThat(connection.receive(LIMIT).orElseThrow().require("receipt-id"))
          .isEqualTo("nobody's");
    }
    broker.assertScriptsDone();
  }

  @Test
  void theTextOfAnErrorShowsItsFrameWithoutSecrets() {
    broker.onConnection(
        peer -> {
          peer.expect("CONNECT");
          peer.send("ERROR\nmessage:go away\nreason:full\npasscode:s3cret\n\nthe long story^@");
          peer.expectEnd();
        });

    assertThatThrownBy(() -> Connection.open(broker.uri()))
        .isInstanceOf(BrokerErrorException.class)
        .hasToString(
            "io.stompbox.client.BrokerErrorException: broker refused CONNECT to stomp://127.0.0.1:"
                + broker.port()
                + ": \"go away: the long story\" [ERROR [message:go away, reason:full,"
                + " passcode:***] 14 octets]");
  }
}
