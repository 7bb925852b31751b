package io.stompbox.checks.conformance.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.checks.conformance.kit.CaseFormatException;
import io.stompbox.checks.conformance.kit.Json;
import io.stompbox.checks.conformance.kit.Run;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That the runner tells right from wrong; what it runs is in the files of cases. */
class WebSocketCasesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'handshake_offers': ['v10.stomp', 'v12.stomp', 'v11.stomp']}",
        "{'handshake_selects': 'v11.stomp'}, {'wire': {'command': 'CONNECT'}}, {'alive': true}",
        "{'ws_in': {'s': '\\\\n'}}, {'frames': 0}, {'alive': true}",
        "{'do': 'send', 'body': {'s': 'ab'}},"
            + " {'ws_out': {'kind': 'text', 'starts_with': 'SEND\\\\n', 'ends_with': 'ab\\\\0'}}",
        "{'cfg': {'binary': true}}, {'do': 'send_text', 'text': 'a'}, {'ws_out': {'kind': 'binary'}}",
        "{'ws_close': {'code': 1011, 'reason': ''}}, {'event': 'failed', 'code': 1011}",
      })
  void rightStepsPass(String steps) {
    assertThat(run(steps)).allSatisfy(run -> assertThat(run.passed()).as("%s", run).isTrue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'handshake_offers': ['v10.stomp']}",
        "{'wire': {'command': 'CONNECT', 'has': [['accept-version', '1.2']]}}",
        "{'ws_in': {'s': 'RECEIPT\\\\nreceipt-id:1\\\\n\\\\n\\\\0'}}, {'frames': 0}",
        "{'do': 'send_text', 'text': 'a'}, {'ws_out': {'kind': 'binary'}}",
        "{'do': 'send_text', 'text': 'a'}, {'ws_out': {'ends_with': 'b\\\\0'}}",
        "{'ws_close': {'code': 1008, 'reason': 'policy'}}, {'event': 'failed', 'code': 1009}",
        "{'ws_close': {'code': 1008, 'reason': 'policy'}}, {'event': 'failed', 'reason': 'other'}",
        "{'ws_close': {'code': 1008, 'reason': 'policy'}}, {'alive': true}",
        "{'hb_timeout': true}, {'reconnects_within_ms': 0}",
      })
  void wrongStepsFail(String steps) {
    assertThat(run(steps)).noneMatch(Run::passed).hasSize(1);
  }

  @Test
  void anUnknownStepIsRefused() {
    assertThatThrownBy(() -> run("{'ws_strange': 1}"))
        .isInstanceOf(CaseFormatException.class)
        .hasMessageContaining("ws_strange");
  }

  private static List<Run> run(String steps) {
    String line = "{'v': ['1.2'], 'steps': [" + steps + "]}";
    return WebSocketCases.read((Json.Fields) Json.parse(line.replace('\'', '"'))).runs();
  }
}
