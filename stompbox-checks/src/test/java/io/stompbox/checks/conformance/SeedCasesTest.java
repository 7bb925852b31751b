package io.stompbox.checks.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** That a case fails if it wants something else than what is right, and that rules are rules. */
class SeedCasesTest {
  private static final String PARSE =
      parse(
          "1.2",
          "\"\\nMESSAGE\\nk:1\\n\", \"\\nx\\u0000\"",
          "\"HB\", [\"MESSAGE\", [[\"k\", \"1\"]], \"x\"]");

  private static final String FRAME =
      """
      {"section": "FRAME", "id": "X", "v": "1.1", "command": "SEND", "headers": {"k:": 1},
       "body": "x", "wire": "SEND\\nk\\\\c:1\\n\\nx\\u0000"}\
      """;

  private static final String SEQUENCE =
      """
      {"section": "FAILOVER and URI", "id": "X",
       "uri": "failover:(tcp://a:1,tcp://localhost:2)?priorityBackup=true,maxReconnectAttempts=1",
       "iteration1": [["tcp://localhost:2", 0], "END"],
       "iteration2": [["tcp://localhost:2", 0], ["tcp://a:1", 10.0], "END"]}\
      """;

  private static final String GOOD_URI =
      """
      {"section": "FAILOVER and URI", "id": "X", "uri": "ssl://x:2?backOffMultiplier=3.0",
       "brokers": [{"protocol": "ssl", "host": "x", "port": 2}],
       "options": {"backOffMultiplier": 3.0, "randomize": true, "maxReconnectDelay": 30000}}\
      """;

  private static String parse(String version, String in, String expect) {
    return "{\"section\": \"PARSE\", \"id\": \"X\", \"v\": \"%s\", \"in\": [%s], \"expect\": [%s]}"
        .formatted(version, in, expect);
  }

  private static String uri(String uri) {
    return "{\"section\": \"FAILOVER and URI\", \"id\": \"X\", \"uri\": \"%s\", \"orig\": \"refused\"}"
        .formatted(uri);
  }

  static Stream<String> right() {
    return Stream.of(
        PARSE,
        FRAME,
        SEQUENCE,
        GOOD_URI,
        parse("1.2", "\"MESSAGE\\n\"", "\"WAIT\""),
        // A decoder hands up commands that it does not know.
        parse("1.2", "\"HELLO\\n\\n\\u0000\"", "{\"err\": \"bad command\"}"),
        // A tolerant decoder skips a NUL between frames.
        parse("1.2", "\"\\u0000\"", "{\"err\": \"bad command\"}"),
        // A NUL may stand inside a header line.
        parse("1.2", "\"SEND\\na:b\\u0000\"", "{\"err\": \"header end missing\"}"),
        // STOMP 1.0 pads its examples.
        parse("1.0", "\"SEND\\na: b \\n\\n\\u0000\"", "[\"SEND\", [[\"a\", \" b \"]], \"\"]"),
        // A header without a name is refused.
        parse("1.2", "\"SEND\\n:b\\n\\n\\u0000\"", "[\"SEND\", [[\"\", \"b\"]], \"\"]"),
        // Three brokers send the escape of a CR to clients of 1.1.
        parse("1.1", "\"SEND\\na:\\\\r\\n\\n\\u0000\"", "{\"err\": \"bad escape\"}"),
        parse("1.0", "\"RECEIPT\\n\\nx\\u0000\"", "{\"err\": \"body not allowed\"}"),
        parse("1.2", "\"SEND\\na\\n\\n\\u0000\"", "{\"err\": \"a name that we don't know\"}"),
        // A CR is no part of a line of STOMP 1.2.
        parse("1.2", "\"SEND\\na:b\\rc\\n\\n\\u0000\"", "[\"SEND\", [[\"a\", \"b\\rc\"]], \"\"]"),
        parse("1.1", "\"SEND\\na:b\\rc\\n\\n\\u0000\"", "[\"SEND\", [[\"a\", \"b\\rc\"]], \"\"]"),
        parse("1.1", "\"\\r\\n\"", "{\"err\": \"bad command\"}"),
        SEQUENCE.replace("10.0", "10.0000000001"),
        FRAME.replace("1.1", "1.0"),
        FRAME.replace("SEND", "CONNECT"),
        FRAME.replace("1}", "null}"),
        uri("tcp://[::1]:7"),
        uri("(stomp://u:p@h/v)?randomize=true&maxReconnectAttempts=1"),
        uri("wss://h/ws"),
        uri("tcp://h:1?a=b"),
        uri("stomp://h:x"),
        uri("tcp://h:1, tcp://i:2"));
  }

  @ParameterizedTest
  @MethodSource("right")
  void aRightCasePasses(String line) {
    assertThat(run(line).failures()).isEmpty();
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        planted("heart-beat", PARSE, "\"HB\", ", ""),
        planted("command", PARSE, "[\"MESSAGE", "[\"SEND"),
        planted("value", PARSE, "\"1\"", "\"2\""),
        planted("body", PARSE, "\"x\"]", "\"y\"]"),
        planted("end", PARSE, "\"x\"]]", "\"x\"], \"WAIT\"]"),
        planted("error", PARSE, "\"x\"]]", "\"x\"], {\"err\": \"bad escape\"}]"),
        planted("optional error", PARSE, "\"x\"]]", "\"x\"], {\"err\": \"bad UTF-8\"}]"),
        planted("unknown error", PARSE, "\"x\"]]", "\"x\"], {\"err\": \"other\"}]"),
        planted(
            "event before an error",
            parse("1.2", "\"\\n\\u0001\\n\"", "\"HB\", {\"err\": \"bad command\"}"),
            "\"HB\", ",
            ""),
        planted(
            "name of an error",
            parse("1.2", "\"SEND\\na:\\\\t\\n\"", "{\"err\": \"bad escape\"}"),
            "bad escape",
            "bad content-length"),
        planted("command line", FRAME, "\"wire\": \"SEND", "\"wire\": \"SENT"),
        planted("number", FRAME, "1}", "2}"),
        planted("escape", FRAME, "k\\\\c", "k\\\\n"),
        planted("written body", FRAME, "x\\u0000", "y\\u0000"),
        planted("version that can't carry it", FRAME, "\"k:\": 1", "\"k\": \"1\\n\", \"l\": 1"),
        planted("broker", SEQUENCE, "\"tcp://a:1\", 10", "\"tcp://localhost:2\", 10"),
        planted("delay", SEQUENCE, "10.0", "10.5"),
        planted("end of an iteration", SEQUENCE, "10.0], \"END\"", "10.0], \"...\""),
        planted("limit at start-up", SEQUENCE, "0], \"END\"", "0], [\"tcp://a:1\", 10], \"END\""),
        planted("scheme", GOOD_URI, "\"ssl\"", "\"tcp\""),
        planted("option", GOOD_URI, "\"backOffMultiplier\": 3.0", "\"backOffMultiplier\": 2.0"),
        planted("default", GOOD_URI, "30000", "30001"),
        planted("flag", GOOD_URI, "true", "false"));
  }

  private static Arguments planted(String name, String right, String part, String instead) {
    assertThat(right).contains(part);
    return Arguments.of(name, right.replace(part, instead));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  void aWrongCaseFails(String name, String line) {
    Result result = run(line);

    assertThat(result.line()).isInstanceOf(Line.Accepted.class);
    assertThat(result.passed()).isFalse();
  }

  static Stream<Arguments> unreadable() {
    return Stream.of(
        complaint(PARSE, "\"HB\"", "\"HX\"", "holds no kind of event: HX"),
        complaint(PARSE, "\"k\", \"1\"", "\"k\"", "the field 'headers' must hold 2 values"),
        complaint(PARSE, "\"x\"]", "\"\\u0100\"]", "must have one character for each octet"),
        complaint(PARSE, "1.2", "1.3", "names no version: 1.3"),
        complaint(PARSE, "\"in\"", "\"out\"", "the case has the field 'out'"),
        complaint(FRAME, "x\\u0000", "x", "the field 'wire' is not a frame"),
        complaint(SEQUENCE, "10.0], \"END\"", "10.0]", "must end with 'END' or '...'"),
        complaint(SEQUENCE, "10.0], \"END\"", "10.0], \"ENDE\"", "but has ENDE"),
        complaint(GOOD_URI, "\"port\": 2", "\"port\": \"2\"", "the field 'port' must hold whole"));
  }

  private static Arguments complaint(String right, String part, String instead, String complaint) {
    return Arguments.of(planted("", right, part, instead).get()[1], complaint);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("unreadable")
  void aLineThatIsNoCaseFails(String line, String complaint) {
    assertThat(run(line).passed()).isFalse();
    assertThat(run(line).failures()).contains(complaint);
  }

  @Test
  void framesOfAFileAreAlsoTriedInOneInput() {
    Line line = read(PARSE);
    Line other = read(PARSE.replace("k", "l"));
    List<Line> lines = Stream.of(line, other).toList();

    Line among = line.among(lines.stream().map(one -> ((Line.Accepted) one).tried()).toList());

    assertThat(Suite.run(among).passed()).isTrue();
    assertThat(Suite.run(among).runs())
        .filteredOn(run -> run.way().contains("behind the others"))
        .isNotEmpty()
        .allMatch(run -> run.expected().contains("\"l\":\"1\""));
  }

  private static Result run(String line) {
    return Suite.run(read(line));
  }

  private static Line read(String line) {
    return Line.read("file:1", line.replace("\n", ""));
  }
}
