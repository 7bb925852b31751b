package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.protocol.codec.EncoderOptions.ContentLength;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.IllegalFrameException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a message becomes before it is sent. */
class OutgoingTest {
  private static final Outgoing EMPTY = Outgoing.to("/queue/a");

  @ParameterizedTest
  @CsvSource(
      nullValues = "refused",
      value = {
        "ActiveMQ/6.3.1,           priority,            JMSXGroupID, AMQ_SCHEDULED_DELAY",
        "ActiveMQ-Artemis/2.55.0,  priority,            JMSXGroupID, AMQ_SCHEDULED_DELAY",
        "RabbitMQ/3.10.8,          priority,            refused,     refused",
        "somebody,                 refused,             refused,     refused",
      })
  void whatIsAskedOfTheBrokerIsSaidInItsWordsOrRefused(
      String server, String priority, String group, String delay) {
    BrokerProfile profile = BrokerProfile.of(server);

    assertSaid(EMPTY.priority(7), profile, priority, "7");
    assertSaid(EMPTY.group("g"), profile, group, "g");
    assertSaid(EMPTY.delay(Duration.ofSeconds(2)), profile, delay, "2000");
  }

  private static void assertSaid(
      Outgoing message, BrokerProfile profile, String header, String value) {
    if (header == null) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> message.frame(profile))
          .withMessageContaining(
              profile.equals(BrokerProfile.GENERIC) ? "the broker has not said" : profile.name());
    } else {
      assertThat(message.frame(profile).header(header)).isEqualTo(value);
    }
  }

  @Test
  void expiryIsATimeOrADurationAsTheBrokerCountsIt() {
    Instant end = Instant.now().plusSeconds(3600);

    assertThat(EMPTY.expiresAt(end).frame(BrokerProfile.ACTIVEMQ).header("expires"))
        .isEqualTo(Long.toString(end.toEpochMilli()));
    assertThat(number(EMPTY.expiresAt(end), BrokerProfile.RABBITMQ, "expiration"))
        .isBetween(3_000_000L, 3_600_000L);
    assertThat(
            number(EMPTY.expiresAfter(Duration.ofHours(1)), BrokerProfile.RABBITMQ, "expiration"))
        .isEqualTo(3_600_000);
    assertThat(number(EMPTY.expiresAfter(Duration.ofHours(1)), BrokerProfile.ARTEMIS, "expires"))
        .isGreaterThanOrEqualTo(end.toEpochMilli());
    assertThat(number(EMPTY.expiresAt(Instant.EPOCH), BrokerProfile.RABBITMQ, "expiration"))
        .isEqualTo(1);
  }

  private static long number(Outgoing message, BrokerProfile profile, String header) {
    return Long.parseLong(message.frame(profile).require(header));
  }

  @Test
  void theLastWishOfAKindIsInForce() {
    Outgoing message =
        EMPTY
            .priority(1)
            .priority(2)
            .expiresAt(Instant.EPOCH)
            .expiresAfter(Duration.ofMinutes(1))
            .header("a", () -> "1")
            .header("b", () -> "2")
            .header("a", () -> "3");

    assertThat(message.frame(BrokerProfile.RABBITMQ).headers().asMap())
        .containsEntry("priority", "2")
        .containsEntry("expiration", "60000")
        .containsEntry("a", "3")
        .containsEntry("b", "2")
        .hasSize(5);
  }

  @Test
  void aCalculatedHeaderHasAnotherValueEachTimeTheMessageIsSent() {
    AtomicInteger count = new AtomicInteger();
    Outgoing template = EMPTY.header("n", () -> Integer.toString(count.incrementAndGet()));

    assertThat(template.frame(BrokerProfile.GENERIC).header("n")).isEqualTo("1");
    assertThat(template.frame(BrokerProfile.GENERIC).header("n")).isEqualTo("2");
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        wish("priority must be from 0 to 9: 10", it -> it.priority(10)),
        wish("priority must be from 0 to 9: -1", it -> it.priority(-1)),
        wish("the delay must be at least 1 ms: PT0S", it -> it.delay(Duration.ZERO)),
        wish(
            "the time to live must be at least 1 ms: PT-1S",
            it -> it.expiresAfter(Duration.ofSeconds(-1))),
        wish("the name of the group is empty", it -> it.group("")),
        wish("'' can't be a receipt", it -> it.receipt("")),
        wish("'r-7' can't be a receipt", it -> it.receipt("r-7")),
        wish("header 'receipt' is written by the client", it -> it.header("receipt", () -> "x")),
        wish("calculated header is empty", it -> it.header("", () -> "x")),
        wish("US-ASCII can't carry", it -> it.text("ä", StandardCharsets.US_ASCII)));
  }

  private static Arguments wish(String message, UnaryOperator<Outgoing> wish) {
    return Arguments.of(message, wish);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void whatNoBrokerCouldDoIsRefusedAtOnce(String message, UnaryOperator<Outgoing> wish) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> wish.apply(EMPTY))
        .withMessageContaining(message);
  }

  @Test
  void textInAnotherCharsetSaysWhichItIs() {
    Outgoing message = EMPTY.text("größer", StandardCharsets.ISO_8859_1);

    assertThat(message.headers().value("content-type")).contains("text/plain;charset=ISO-8859-1");
    assertThat(message.body()).isEqualTo(Body.of("größer", StandardCharsets.ISO_8859_1));
  }

  @Test
  void aStreamIsReadToItsEnd() throws IOException {
    byte[] bytes = {1, 0, 2};

    assertThat(EMPTY.bytes(new ByteArrayInputStream(bytes)).body()).isEqualTo(Body.of(bytes));
  }

  @Test
  void aBodyThatIsThereAlreadyIsNotCopied() {
    Body body = Body.of("x");

    assertThat(EMPTY.body(body).body()).isSameAs(body);
  }

  @Test
  void aBodyWithANulCantBeWithoutItsLength() {
    Outgoing message = EMPTY.bytes(new byte[] {0});

    assertThat(message.lengthOr(ContentLength.AUTOMATIC)).isEqualTo(ContentLength.AUTOMATIC);
    assertThatThrownBy(() -> message.lengthOr(ContentLength.OMITTED))
        .isInstanceOf(IllegalFrameException.class)
        .hasMessageContaining("with(ContentLength.AUTOMATIC)");
    assertThat(message.with(ContentLength.AUTOMATIC).lengthOr(ContentLength.OMITTED))
        .isEqualTo(ContentLength.AUTOMATIC);
  }
}
