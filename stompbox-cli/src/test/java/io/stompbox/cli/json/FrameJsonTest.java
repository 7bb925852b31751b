package io.stompbox.cli.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.stompbox.cli.process.ExitCode;
import io.stompbox.cli.process.Failure;
import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames and their JSON. */
class FrameJsonTest {
  static Stream<Arguments> entries() {
    return Stream.of(
        row(
            "repeated headers keep their order",
            whole(Frame.of(Command.MESSAGE, "to", "x", "a", "1", "to", "y")),
            "{\"offset\":7,\"command\":\"MESSAGE\","
                + "\"headers\":[[\"to\",\"x\"],[\"a\",\"1\"],[\"to\",\"y\"]]}"),
        row(
            "text is a body",
            whole(Frame.of(Command.SEND).with(Body.of("é\n\"\\"))),
            "{\"offset\":7,\"command\":\"SEND\",\"headers\":[],\"body\":\"é\\n\\\"\\\\\"}"),
        row(
            "control characters are escaped",
            whole(Frame.of(Command.SEND, "n\r", ":\t\\").with(Body.of("\u0000\u0001\u007f"))),
            "{\"offset\":7,\"command\":\"SEND\",\"headers\":[[\"n\\r\",\":\\t\\\\\"]],"
                + "\"body\":\"\\u0000\\u0001\\u007F\"}"),
        row(
            "what is not UTF-8 is Base64",
            whole(Frame.of(Command.SEND).with(Body.of(new byte[] {'a', (byte) 0xff, 0}))),
            "{\"offset\":7,\"command\":\"SEND\",\"headers\":[],\"bodyBase64\":\"Yf8A\"}"),
        row(
            "the charset of the content-type does not matter to octets",
            whole(
                Frame.of(Command.SEND, "content-type", "text/plain;charset=ISO-8859-1")
                    .with(Body.of("é", ISO_8859_1))),
            "{\"offset\":7,\"command\":\"SEND\","
                + "\"headers\":[[\"content-type\",\"text/plain;charset=ISO-8859-1\"]],"
                + "\"bodyBase64\":\"6Q==\"}"),
        row(
            "a command of its own",
            whole(Frame.of(Command.of("PING"))),
            "{\"offset\":7,\"command\":\"PING\",\"headers\":[]}"),
        row(
            "a heart-beat",
            new FrameEntry.HeartBeat(OptionalLong.of(7)),
            "{\"offset\":7,\"heartBeat\":true}"),
        row(
            "a fault",
            new FrameEntry.Faulty(OptionalLong.of(7), 3, Fault.BARE_CR, "a CR"),
            "{\"offset\":7,\"octets\":3,\"error\":\"BARE_CR\",\"reason\":\"a CR\"}"));
  }

  private static Arguments row(String name, FrameEntry entry, String json) {
    return Arguments.of(name, entry, json);
  }

  private static FrameEntry whole(Frame frame) {
    return new FrameEntry.Whole(OptionalLong.of(7), frame);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("entries")
  void entryBecomesALine(String name, FrameEntry entry, String json) {
    assertThat(new String(FrameJson.line(entry), UTF_8)).isEqualTo(json);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("entries")
  void lineBecomesTheEntryAgain(String name, FrameEntry entry, String json) {
    assertThat(FrameJson.read(JsonSource.of(json, "it"))).contains(entry);
  }

  @Test
  void offsetIsLeftOutWhereNobodyKnowsIt() {
    assertThat(new String(FrameJson.line(Frame.of(Command.ACK, "id", "1")), UTF_8))
        .isEqualTo("{\"command\":\"ACK\",\"headers\":[[\"id\",\"1\"]]}");
  }

  @Test
  void entriesComeOneAfterTheOther() {
    JsonSource source =
        JsonSource.of("{\"command\":\"A\"}\n\n{\"command\":\"B\"} {\"command\":\"C\"}\n", "it");

    for (String command : new String[] {"A", "B", "C"}) {
      assertThat(FrameJson.read(source))
          .contains(new FrameEntry.Whole(OptionalLong.empty(), Frame.of(Command.of(command))));
    }
    assertThat(FrameJson.read(source)).isEmpty();
  }

  @Test
  void headersMayBeAnObjectAndNumbersAreText() {
    assertThat(
            FrameJson.read(
                JsonSource.of("{\"headers\":{\"a\":\"1\",\"b\":2.50},\"command\":\"SEND\"}", "it")))
        .contains(
            new FrameEntry.Whole(
                OptionalLong.empty(), Frame.of(Command.SEND, "a", "1", "b", "2.50")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]|line 1, column 1: expected an object, such as {\"body\":\"hi\"}, but found a list",
        "{}|line 1, column 2: expected a member named command before the end of the object",
        "{\"command\":7}|line 1, column 12: expected a string for 'command', but found a number",
        "{\"command\":\"A B\"}|visible ASCII characters",
        "{\"command\":\"A\",\"headers\":[\"a\"]}|expected [\"name\",\"value\"] for each header, but"
            + " found a string",
        "{\"command\":\"A\",\"headers\":[[\"a\"]]}|expected a value for header 'a', but found the"
            + " end of the list",
        "{\"command\":\"A\",\"headers\":[[\"a\",null]]}|expected a string for header 'a', but found"
            + " null",
        "{\"command\":\"A\",\"headers\":[[\"a\",\"b\",\"c\"]]}|expected the end of header 'a' behind"
            + " its value, but found a string",
        "{\"command\":\"A\",\"headers\":7}|for 'headers', but found a number",
        "{\"command\":\"A\",\"bdy\":\"x\"}|expected a member named command, headers, body,"
            + " bodyBase64, offset, heartBeat, but found 'bdy'",
        "{\"command\":\"A\",\"body\":\"\\ud800\"}|half of a surrogate pair",
        "{\"command\":\"A\",\"bodyBase64\":\"!\"}|expected Base64 in 'bodyBase64'",
        "{\"command\":\"A\",\"offset\":1.5}|expected a whole number for 'offset', but found a"
            + " number",
        "{\"command\":\"A\"|line 1",
        "{'command'}|line 1, column 2: unexpected character",
        "{\"heartBeat\":false}|expected true for 'heartBeat', but found false",
        "{\"error\":\"NO_SUCH\"}|expected a known fault in 'error', but found 'NO_SUCH'"
      })
  void whatIsWrongIsToldWithItsPlace(String json, String sentence) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> FrameJson.read(JsonSource.of(json, "frames.jsonl")))
        .withMessageStartingWith("frames.jsonl line 1, column ")
        .withMessageContaining(sentence)
        .satisfies(failure -> assertThat(failure.code()).isEqualTo(ExitCode.USAGE))
        .satisfies(failure -> assertThat(String.valueOf(failure.getMessage()).lines()).hasSize(1));
  }

  @Test
  void placeIsThatInTheWholeInput() {
    JsonSource source = JsonSource.of("{\"command\":\"A\"}\n  {\"command\":true}", "it");
    FrameJson.read(source);

    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> FrameJson.read(source))
        .withMessageStartingWith("it line 2, column 14: ");
  }
}
