package io.stompbox.checks.conformance.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.checks.conformance.kit.Json;
import io.stompbox.checks.conformance.kit.Run;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That a case passes where our answer is right and fails where it is not what is wanted. */
class CommandCasesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "true  | 'call': 'begin', 'args': {'transaction': 't'} | 'headers': {'transaction': 't'}",
        "false | 'call': 'begin', 'args': {'transaction': 't'} | 'headers': {'transaction': 'u'}",
        "false | 'call': 'begin', 'args': {'transaction': 't'} | 'error': 'protocol'",
        "true  | 'call': 'begin', 'args': {}                   | 'error': 'protocol'",
        "true  | 'call': 'negotiate', 'args': [3, 2]           | 'result': 3",
        "false | 'call': 'negotiate', 'args': [3, 2]           | 'result': 2",
        "true  | 'call': 'beat', 'v': '1.0'                    | 'error': 'protocol'",
        "false | 'call': 'beat', 'v': '1.1'                    | 'error': 'protocol'",
        "true  | 'call': 'receipt with a MESSAGE'              | 'error': 'protocol'",
      })
  void stompestsCallsAreCompared(boolean right, String call, String expected) {
    String command = expected.startsWith("'headers'") ? "'command': 'BEGIN', " : "";
    Json line =
        json(
            "{'section': 'CMD', 'id': 'C', %s, 'expect': {%s%s}}"
                .formatted(call, command, expected));

    assertThat(CommandCases.stompest((Json.Fields) line).runs())
        .singleElement()
        .extracting(Run::passed)
        .isEqualTo(right);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "true  | 1.2 | send(`/q`, `x`)                     | destination:/q\\ncontent-length:1\\n\\nx",
        "false | 1.2 | send(`/q`, `y`)                     | destination:/q\\ncontent-length:1\\n\\nx",
        "false | 1.2 | send(`/q`, `x`, a=1)                | destination:/q\\ncontent-length:1\\n\\nx",
        "true  | 1.2 | send(`/q`, ``, {a: (`1`, 2), b: none}) | a:1\\na:2\\ndestination:/q\\n\\n",
        "true  | 1.1 | send(`/q`, ``, {`a:b`: `BACKSLASH LF`}) | destination:/q\\na:b:\\\\\\\\\\\\n\\n\\n",
        "true  | 1.0 | send(`/q`, ``, {a: `1 LF 2`})       | destination:/q\\na:1\\n2\\n\\n",
      })
  void callsOfStompPyAreReadAndTheirOctetsCompared(
      boolean right, String version, String call, String wire) {
    Json line =
        json(
            "{'section': 'SPOUT', 'id': 'S', 'v': '%s', 'call': '%s', 'wire': 'SEND\\n%s\\u0000'}"
                .formatted(version, call.strip(), wire));
    Json.Fields fields = (Json.Fields) line;

    assertThat(List.copyOf(CommandCases.stompPy(fields).runs()))
        .singleElement()
        .extracting(Run::passed)
        .isEqualTo(right);
  }

  private static Json json(String text) {
    return Json.parse(text.replace('\'', '"').replace('`', '\''));
  }
}
