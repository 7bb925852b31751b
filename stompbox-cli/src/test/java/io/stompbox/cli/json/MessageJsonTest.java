package io.stompbox.cli.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.stompbox.cli.process.Failure;
import io.stompbox.client.Outgoing;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages and their JSON. */
class MessageJsonTest {
  private static final Instant TIME = Instant.parse("2026-11-21T08:00:00.123456Z");

  @Test
  void messageHasWhatPeopleAskFor() {
    Frame message =
        Frame.of(
                Command.MESSAGE,
                "subscription",
                "1",
                "message-id",
                "m-1",
                "a",
                "first",
                "a",
                "second",
                "redelivered",
                "true")
            .with(Body.of("hi \"you\""));

    assertThat(line(message))
        .isEqualTo(
            "{\"destination\":\"/queue/a\",\"messageId\":\"m-1\",\"subscription\":\"1\","
                + "\"headers\":{\"subscription\":\"1\",\"message-id\":\"m-1\",\"a\":\"first\","
                + "\"redelivered\":\"true\"},\"body\":\"hi \\\"you\\\"\",\"redelivered\":true,"
                + "\"receivedAt\":\"2026-11-21T08:00:00.123Z\"}");
  }

  @Test
  void whatATerminalTakesForCommandsIsEscaped() {
    Frame message =
        Frame.of(Command.MESSAGE, "a\u009b", "\u007f\u001b").with(Body.of("\u0080\u009fé"));

    assertThat(line(message))
        .contains("{\"a\\u009b\":\"\\u007F\\u001B\"}", "\"body\":\"\\u0080\\u009fé\"");
  }

  @Test
  void whatAMessageDoesNotHaveIsLeftOut() {
    assertThat(line(Frame.of(Command.MESSAGE, "redelivered", "false")))
        .isEqualTo(
            "{\"destination\":\"/queue/a\",\"headers\":{\"redelivered\":\"false\"},\"body\":\"\","
                + "\"receivedAt\":\"2026-11-21T08:00:00.123Z\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/plain;charset=ISO-8859-1|6Q==|\"body\":\"é\"",
        "text/plain|w6k=|\"body\":\"é\"",
        "text/plain|6Q==|\"bodyBase64\":\"6Q==\"",
        "application/octet-stream|AAE=|\"body\":\"\\u0000\\u0001\"",
        "text/plain;charset=no-such|6Q==|\"bodyBase64\":\"6Q==\""
      })
  void bodyIsTextInItsCharsetWhereItIsText(String contentType, String base64, String member) {
    byte[] octets = java.util.Base64.getDecoder().decode(base64);
    String line =
        line(Frame.of(Command.MESSAGE, "content-type", contentType).with(Body.of(octets)));

    assertThat(line).contains(member);
    assertThat(read(line).body()).isEqualTo(Body.of(octets));
  }

  @Test
  void receivedMessageIsSentWithoutWhatBelongedToItsDelivery() {
    Frame message =
        Frame.of(
                Command.MESSAGE,
                "message-id",
                "m-1",
                "subscription",
                "7",
                "destination",
                "/queue/a",
                "content-length",
                "2",
                "colour",
                "red")
            .with(Body.of("hi"));

    Outgoing sent = read(line(message)).to("/queue/b");

    assertThat(sent.headers())
        .isEqualTo(Headers.of("destination", "/queue/b", "persistent", "true", "colour", "red"));
    assertThat(sent.body()).isEqualTo(Body.of("hi"));
  }

  @Test
  void writtenMessageIsSentAsItIs() {
    Outgoing sent =
        read("{\"destination\":\"/queue/c\",\"headers\":[[\"a\",\"1\"],[\"a\",\"2\"],"
                + "[\"priority\",9]],\"body\":\"hi\"}")
            .outgoing("/queue/b");

    assertThat(sent.headers())
        .isEqualTo(Headers.of("destination", "/queue/c", "a", "1", "a", "2", "priority", "9"));
  }

  @Test
  void everythingButTheBodyMayBeLeftOut() {
    Outgoing sent = read("{\"body\":\"hi\"}").outgoing("/queue/b");

    assertThat(sent.destination()).isEqualTo("/queue/b");
    assertThat(sent.body()).isEqualTo(Body.of("hi"));
  }

  @Test
  void textIsWrittenInTheCharsetOfItsContentType() {
    Envelope envelope =
        read("{\"body\":\"é\",\"headers\":{\"content-type\":\"text/plain;charset=iso-8859-1\"}}");

    assertThat(envelope.body()).isEqualTo(Body.of("é", ISO_8859_1));
  }

  @Test
  void headerThatTheClientWritesItselfIsRefused() {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> read("{\"headers\":{\"receipt\":\"7\"}}").outgoing("/queue/b"))
        .withMessageContaining("can't set 'receipt'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"body\":{\"id\":1}}|line 1, column 9: expected a string for 'body', but found an object",
        "{\"body\":\"x\",\"bodyBase64\":\"eA==\"}|expected one body, but found 'bodyBase64' beside 'body'",
        "{\"topic\":\"x\"}|expected a member named destination, headers, body, bodyBase64, but"
            + " found 'topic'",
        "{\"body\":\"\u20ac\",\"headers\":{\"content-type\":\"text/plain;charset=us-ascii\"}}|"
            + "can't be written in US-ASCII; use bodyBase64",
        "7|expected an object"
      })
  void whatIsWrongIsToldWithItsPlace(String json, String sentence) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> read(json))
        .withMessageStartingWith("it line 1, column ")
        .withMessageContaining(sentence);
  }

  private static String line(Frame message) {
    return new String(MessageJson.line(message, "/queue/a", TIME), UTF_8);
  }

  private static Envelope read(String json) {
    return MessageJson.read(JsonSource.of(json, "it")).orElseThrow();
  }
}
