package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.stompbox.protocol.codec.DecoderMode;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.StompException;
import io.stompbox.testkit.Peer;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client takes from a broker that does not keep to the protocol, and what it tells. */
class StrictnessTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @AutoClose private final ScriptedBroker broker = ScriptedBroker.start();

  @Test
  void framesOfUnknownCommandsAreCountedAndPassedOver() throws Exception {
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          Frame send = peer.expect("SEND");
          peer.send("NOTICE\nabout:something\n\n^@");
          peer.send("NOTICE\n\n^@");
          peer.receiptFor(send);
          peer.expectEnd();
        });
    try (StompClient client = Clients.fast(broker.uri()).connect()) {
      client.sendConfirmed(Outgoing.to("/queue/a").text("x")).await(LIMIT);

      assertThat(client.received()).isEqualTo(new ReceiveCounts(0, 0, 0, 0, 2, 0));
      assertThat(client.epoch()).isEqualTo(1);
    }
  }

  @Test
  void aStrictClientEndsTheConnectionOverAnUnknownCommand() throws Exception {
    BlockingQueue<Throwable> lost = new LinkedBlockingQueue<>();
    broker.onConnection(
        peer -> {
          peer.handshake("1.2");
          peer.send("NOTICE\n\n^@");
          peer.expectEnd();
        });
    broker.otherwise(Peer::expectEnd);
    try (StompClient client =
        Clients.fast(broker.uri())
            .connect(options(DecoderMode.STRICT))
            .onStateChange(change -> change.cause().ifPresent(lost::add))
            .connect()) {
      assertThat(lost.poll(LIMIT.toSeconds(), TimeUnit.SECONDS))
          .isInstanceOf(ProtocolException.class)
          .hasMessageContaining("NOTICE");
      assertThat(client.received().unknownFrames()).isZero();
    }
  }

  @Test
  void aTolerantClientTakesAColonThatIsNotEscaped() throws Exception {
    broker.onConnection(StrictnessTest::sendRawColon);
    try (StompClient client = connect(DecoderMode.TOLERANT)) {
      Subscription subscription = client.subscribe("/queue/a");

      assertThat(subscription.receive(LIMIT)).map(Delivery::text).hasValue("hi");
    }
  }

  @Test
  void aStrictClientEndsTheConnectionOverAColonThatIsNotEscaped() throws Exception {
    BlockingQueue<Throwable> lost = new LinkedBlockingQueue<>();
    broker.onConnection(StrictnessTest::sendRawColon);
    broker.otherwise(Peer::expectEnd);
    try (StompClient client =
        Clients.fast(broker.uri())
            .connect(options(DecoderMode.STRICT))
            .onStateChange(change -> change.cause().ifPresent(lost::add))
            .connect()) {
      client.subscribe("/queue/a");

      assertThat(lost.poll(LIMIT.toSeconds(), TimeUnit.SECONDS))
          .isInstanceOfSatisfying(
              ProtocolException.class,
              fault -> assertThat(fault.fault()).isEqualTo(ProtocolException.Fault.RAW_COLON));
    }
  }

  private static void sendRawColon(Peer peer) {
    Frame subscribe = peer.subscribed("1.2");
    String id = subscribe.require("id");
    peer.send(
        "MESSAGE\nsubscription:" + id + "\nmessage-id:a:1\nack:1\ndestination:/queue/a\n\nhi^@");
    peer.expectEnd();
  }

  @Test
  void nothingMayBePassedOverInSilence() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options(DecoderMode.RESYNCHRONISING))
        .withMessageContaining("use TOLERANT or STRICT");
  }

  /** An ERROR is a refusal, whatever its length. */
  static Stream<Arguments> headsOfEndlessAnswers() {
    return Stream.of(
        Arguments.of("CONNECTED\nversion:1.2\n\n", ProtocolException.class),
        Arguments.of("ERROR\n\n", BrokerErrorException.class),
        Arguments.of("MESSAGE\n\n", ProtocolException.class));
  }

  @ParameterizedTest
  @MethodSource("headsOfEndlessAnswers")
  void anAnswerToConnectThatHasNoEndIsLeftAfter64Kibibytes(
      String head, Class<? extends StompException> fault) {
    broker.onConnection(
        peer -> {
          peer.expect("CONNECT");
          peer.send(head + "x".repeat(70_000));
          peer.expectEnd();
        });

    assertThatExceptionOfType(fault).isThrownBy(() -> Clients.fast(broker.uri()).connect());
  }

  private StompClient connect(DecoderMode mode) {
    return Clients.fast(broker.uri()).connect(options(mode)).connect();
  }

  private static ConnectOptions options(DecoderMode mode) {
    return ConnectOptions.defaults()
        .with(mode)
        .with(Timeouts.defaults().withClose(Duration.ofMillis(300)));
  }
}
