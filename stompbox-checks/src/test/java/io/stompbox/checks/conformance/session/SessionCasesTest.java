package io.stompbox.checks.conformance.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.checks.conformance.kit.Json;
import io.stompbox.checks.conformance.kit.Run;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That a script fails where what it wants does not come true, and passes where it does. */
class SessionCasesTest {
  private static final String SHAKE = "{'handshake': 'case-version'}, ";
  private static final String SUB = "{'do': 'subscribe', 'destination': '/q', 'id': 'a'}, ";
  private static final String SEND = "{'do': 'send', 'destination': '/q', 'body': 'x'}, ";
  private static final String ASK =
      "{'do': 'send', 'destination': '/q', 'body': 'x', 'receipt': 'r'}, ";

  @ParameterizedTest
  @ValueSource(
      strings = {
        SHAKE + SEND + "{'wire': {'command': 'ACK', 'has': []}}",
        SHAKE + SEND + "{'wire': {'command': 'SEND', 'has': [['destination', '/r']]}}",
        SHAKE + SEND + "{'wire': {'command': 'SEND', 'has': [], 'lacks': ['destination']}}",
        SHAKE + SEND + "{'wire': {'command': 'SEND', 'has': [], 'requires': ['receipt']}}",
        SHAKE + SEND + "{'wire': {'command': 'SEND', 'has': [], 'body': {'s': 'y'}}}",
        SHAKE + SEND + "{'wire': {'has': [], 'any_of_header': {'destination': [null, '/r']}}}",
        SHAKE + SEND + "{'no_wire': true}",
        SHAKE + SEND + "{'refuse': 'closing'}",
        SHAKE + SEND + "{'wire_all': {'frames': 2}}",
        SHAKE + "{'do': 'commit', 'tx': 't'}",
        SHAKE + "{'do': 'commit', 'tx': 't'}, {'still_open': true}",
        SHAKE + "{'do': 'commit', 'tx': 't'}, {'refuse': 'unknown-subscription'}",
        SHAKE + ASK + "{'result': 'send', 'ok': true}",
        SHAKE + ASK + "{'srv_receipt_for': 'last'}, {'pending': 'send'}",
        SHAKE + ASK + "{'srv_closes': true}, {'result': 'op', 'ok': false, 'error': 'timeout'}",
        SHAKE + "{'srv_closes': true}, {'still_open': true}",
        SHAKE + "{'client_closes': true}",
        SHAKE + "{'event': 'failed'}",
        SHAKE + "{'event': 'info', 'session': 'x'}",
        SHAKE + SUB + "{'event': 'message', 'to': 'a'}",
        SHAKE + SUB + "{'event': 'pending_acks', 'to': 'a', 'count': 1}",
        SHAKE + SUB + "{'event': 'messages_in_order', 'to': 'a', 'ids': ['1']}",
        SHAKE + "{'either': [[{'client_closes': true}], [{'event': 'failed'}]]}",
        SHAKE + "{'advance_ms': 1000}, {'eols_at_least': 1}",
        SHAKE + "{'raw_wire': {'s': '\\\\n'}}",
        SHAKE + "{'repeat': [{'client_closes': true}], 'times': 1}",
        SHAKE + "{'do': 'dance'}",
        SHAKE + "{'dances': true}",
        SHAKE + "{'do': 'send', 'destination': '/q', 'colour': 'red'}",
      })
  void aWishThatDoesNotComeTrueFails(String steps) {
    assertThat(runs(steps)).hasSize(1).noneMatch(Run::passed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SHAKE + SEND + "{'wire': {'command': 'SEND', 'has': [['destination', '/q']]}}",
        SHAKE + "{'do': 'commit', 'tx': 't'}, {'refuse': 'unknown-transaction'}, {'no_wire': true}",
        SHAKE
            + ASK
            + "{'pending': 'op'}, {'srv_receipt_for': 'last'}, {'result': 'op', 'ok': true}",
        SHAKE + "{'either': [[{'client_closes': true}], [{'still_open': true}]]}",
      })
  void aWishThatComesTruePasses(String steps) {
    assertThat(runs(steps)).hasSize(1).allMatch(Run::passed);
  }

  private static List<Run> runs(String steps) {
    String text = "{'id': 'S', 'v': ['1.2'], 'dir': 'session', 'policy': 'default', 'steps': [%s]}";
    Json line = Json.parse(text.formatted(steps).replace('\'', '"'));
    return SessionCases.session((Json.Fields) line).runs();
  }
}
