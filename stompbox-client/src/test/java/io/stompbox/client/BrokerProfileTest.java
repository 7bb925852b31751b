package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.stompbox.client.BrokerProfile.Expiry;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Header;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.IllegalFrameException.Reason;
import io.stompbox.testkit.ScriptedBroker;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BrokerProfileTest {
  static Stream<Arguments> servers() {
    return Stream.of(
        Arguments.of(null, BrokerProfile.GENERIC),
        Arguments.of("vertx-stomp/5.0.7", BrokerProfile.GENERIC),
        Arguments.of("ActiveMQ/6.3.1", BrokerProfile.ACTIVEMQ),
        Arguments.of("ActiveMQ-Artemis/2.55.0 ActiveMQ Artemis", BrokerProfile.ARTEMIS),
        Arguments.of("RabbitMQ/3.10.8", BrokerProfile.RABBITMQ),
        Arguments.of("RabbitMQ/4.2.9", BrokerProfile.RABBITMQ),
        Arguments.of("RabbitMQ/4.3.0", BrokerProfile.RABBITMQ_4_3),
        Arguments.of("RabbitMQ/4.10.0-rc.1", BrokerProfile.RABBITMQ_4_3),
        Arguments.of("RabbitMQ/5.0", BrokerProfile.RABBITMQ_4_3),
        Arguments.of("RabbitMQ", BrokerProfile.RABBITMQ),
        Arguments.of("RabbitMQ/99999.1", BrokerProfile.RABBITMQ));
  }

  @ParameterizedTest
  @MethodSource("servers")
  void aProfileIsFoundByWhatTheBrokerCallsItself(String server, BrokerProfile expected) {
    assertThat(BrokerProfile.of(server)).isEqualTo(expected);
  }

  @Test
  void aProgramMayKnowBetter() throws Exception {
    BrokerProfile known = BrokerProfile.RABBITMQ.with(new FrameLimits(3, 50, 10));
    try (ScriptedBroker broker = ScriptedBroker.start()) {
      broker.onConnection(
          peer -> {
            peer.expect("CONNECT");
            peer.send("CONNECTED\nversion:1.2\nserver:RabbitMQ/3.10.8\n\n^@");
            peer.expect("SEND");
            peer.receiptFor(peer.expect("DISCONNECT"));
          });
      try (StompClient client = Clients.fast(broker.uri()).profile(known).connect()) {
        assertThat(client.profile()).isEqualTo(known);
        assertThatExceptionOfType(IllegalFrameException.class)
            .isThrownBy(() -> client.send("/queue/a", "eleven ....."));
        client.send(Outgoing.to("/queue/a").bytes(new byte[10]));
      }
      broker.assertScriptsDone();
    }
  }

  @ParameterizedTest
  @CsvSource({"EPOCH, 1500", "ARRIVAL, 500"})
  void anExpiryCountsFromItsBase(Expiry.Base base, String value) {
    assertThat(new Expiry("e", base).header(Duration.ofMillis(500), Instant.ofEpochMilli(1000)))
        .isEqualTo(new Header("e", value));
  }

  static Stream<Arguments> frames() {
    return Stream.of(
        Arguments.of("one header more", headers("a", "1", "b", "2", "c", "3"), 0, "3 headers"),
        Arguments.of("a longer line", headers("ab", "34567890"), 0, "a line of 11 octets"),
        Arguments.of("too many of them", headers("ab", "äöüß"), 0, "a line of 11 octets"),
        Arguments.of("an escape takes two octets", headers("ab", "3:56789"), 0, "11 octets"),
        Arguments.of("a longer body", headers("a", "1"), 11, "a body of 11 octets"));
  }

  private static Headers headers(String... namesAndValues) {
    return Headers.of(namesAndValues);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("frames")
  void whatIsLargerThanTheBrokerTakesIsRefused(
      String what, Headers headers, int bodyOctets, String complaint) {
    FrameLimits limits = new FrameLimits(3, 10, 10);
    Frame frame = new Frame(Command.SEND, headers, Body.of(new byte[bodyOctets]));
    assertThatExceptionOfType(IllegalFrameException.class)
        .isThrownBy(() -> limits.check(frame))
        .withMessageContaining(complaint)
        .withMessageContaining("profile(BrokerProfile.NAME.with(new FrameLimits(")
        .matches(refused -> refused.reason() == Reason.TOO_LARGE_FOR_BROKER);
  }

  @Test
  void whatIsAsLargeAsTheBrokerTakesIsNot() {
    FrameLimits limits = new FrameLimits(3, 10, 10);
    Body body = Body.of(new byte[10]);
    assertThatNoException()
        .isThrownBy(
            () -> {
              limits.check(new Frame(Command.SEND, headers("ab", "3456789", "ab", "äöü4"), body));
              limits.check(new Frame(Command.SEND, headers("ab", "3:5678"), body));
            });
  }

  @Test
  void aLimitIsAboveZero() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FrameLimits(0, 1, 1))
        .withMessage("limits must be at least 1: 0, 1, 1");
  }
}
