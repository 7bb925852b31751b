package io.stompbox.checks.conformance.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.checks.conformance.kit.CaseFormatException;
import io.stompbox.checks.conformance.kit.Json;
import io.stompbox.checks.conformance.kit.Run;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Single quotes stand for the double ones of JSON. */
class ServerCasesTest {
  private static final String SHAKE = "{'handshake': 'case-version'}, ";
  private static final String SUBSCRIBE =
      client("SUBSCRIBE\\\\nid:1\\\\ndestination:/q\\\\nack:client-individual\\\\n\\\\n\\\\0");
  private static final String SEND = client("SEND\\\\ndestination:/q\\\\n\\\\nx\\\\0");
  private static final String MESSAGE = "{'server': {'command': 'MESSAGE', 'has': []}}, ";
  private static final String UNKNOWN = client("FROB\\\\n\\\\n\\\\0");
  private static final String ERROR = "{'server': {'command': 'ERROR', 'has': []}}, ";

  private static String client(String text) {
    return "{'client': {'s': '" + text + "'}}, ";
  }

  static Stream<Arguments> seen() {
    return Stream.of(
        Arguments.of("a frame with all it must have", SHAKE + SUBSCRIBE + SEND + message()),
        Arguments.of("nothing more", SHAKE + SUBSCRIBE + "{'no_server_frame': true}"),
        Arguments.of("the end after an error", SHAKE + UNKNOWN + ERROR + "{'server_closes': true}"),
        Arguments.of("a connection that goes on", SHAKE + SEND + "{'still_open': true}"),
        Arguments.of(
            "the second way",
            "{'either': [["
                + UNKNOWN
                + MESSAGE
                + SHAKE
                + "]"
                + ", ["
                + SHAKE
                + "]]}, {'still_open': true}"),
        Arguments.of(
            "what a drop gives back",
            SHAKE
                + SUBSCRIBE
                + SEND
                + SEND
                + MESSAGE
                + MESSAGE
                + "{'client_acks': 2}, {'client_drops': true}, {'new_client': ["
                + SHAKE
                + SUBSCRIBE
                + MESSAGE
                + "{'no_server_frame': true}]}"),
        Arguments.of(
            "as many as are sent",
            SHAKE
                + SUBSCRIBE
                + "{'repeat': ["
                + SEND
                + MESSAGE.replace("}}, ", "}}")
                + "], 'times': 3}, {'no_server_frame': true}"),
        Arguments.of(
            "heart-beats",
            "{'handshake': '1.1', 'connect_extra_headers': 'heart-beat:0,1000\\\\n'},"
                + "{'advance_ms': 2000}, {'eols_between': [4, 4]}, {'eols_at_least': 4},"
                + "{'eols_at_most': 4}"),
        Arguments.of(
            "octet by octet", "{'client_bytewise': {'hex': '5345'}}, {'no_server_frame': true}"));
  }

  private static String message() {
    return "{'server': {'command': 'MESSAGE', 'has': [['destination', '/q'], ['subscription', '1']],"
        + "'requires': ['message-id'], 'lacks': ['receipt'],"
        + "'any_of_header': {'k': [null, 'v']}, 'body': {'s': 'x'}}}";
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("seen")
  void aCasePassesIfItsStepsAreSeen(String name, String steps) {
    assertThat(runs(steps)).isNotEmpty().allMatch(Run::passed);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{'command': 'RECEIPT'} | the command is not RECEIPT",
        "{'command': 'MESSAGE', 'has': [['destination', '/x']]} | it should have destination[/x]",
        "{'command': 'MESSAGE', 'requires': ['zz']} | it should have a zz",
        "{'command': 'MESSAGE', 'lacks': ['subscription']} | it should have no subscription",
        "{'command': 'MESSAGE', 'any_of_header': {'zz': ['v']}} | it should have zz of",
        "{'command': 'MESSAGE', 'body': {'s': 'y'}} | it should have the body"
      })
  void aFrameThatIsNotAsItMustBeFailsTheCase(String expectation, String fault) {
    List<Run> runs = runs(SHAKE + SUBSCRIBE + SEND + "{'server': " + expectation + "}");

    assertThat(runs)
        .isNotEmpty()
        .allSatisfy(
            run -> {
              assertThat(run.passed()).isFalse();
              assertThat(run.expected()).startsWith("step 4: ");
              assertThat(run.actual()).contains("MESSAGE [").contains(fault);
            });
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{'server': {'command': 'RECEIPT'}} | no frame",
        "{'server_closes': true} | that it is open",
        "{'client': {'s': 'X\\\\n\\\\n\\\\0'}}, {'server_closes': true} | ERROR [",
        "{'client': {'s': 'X\\\\n\\\\n\\\\0'}}, {'still_open': true} | that the server closes it",
        "{'client': {'s': 'X\\\\n\\\\n\\\\0'}}, {'no_server_frame': true} | ERROR [",
        "{'advance_ms': 5000}, {'eols_at_least': 1} | 0 heart-beats",
        "{'client_acks': 1} | []",
        "{'handshake': '1.2'} | ERROR ["
      })
  void whatIsNotSeenFailsTheCase(String steps, String actual) {
    assertThat(runs(SHAKE + steps))
        .isNotEmpty()
        .allSatisfy(
            run -> {
              assertThat(run.passed()).isFalse();
              assertThat(run.actual()).contains(actual);
            });
  }

  @Test
  void everyVersionAndEveryCuttingIsTried() {
    assertThat(runs("{'client': {'hex': '0a'}}"))
        .extracting(Run::way)
        .contains(
            "STOMP 1.1, TOLERANT, as given",
            "STOMP 1.2, TOLERANT, one octet at a time",
            "STOMP 1.2, TOLERANT, cut at random with seed 6")
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'dance': true}",
        "{'server_closes': false}",
        "{'client': {'s': 'x'}, 'server': {'command': 'x'}}",
        "{'server': {'command': 'x', 'sings': true}}",
        "{'handshake': '3.0'}",
        "{'eols_between': [1]}"
      })
  void aStepThatThisRunnerDoesNotKnowIsRefused(String step) {
    assertThatThrownBy(() -> runs(step)).isInstanceOf(CaseFormatException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'connect_accept_version': '1.1,1.0', 'server_supports': ['1.0', '1.1']} | 1.1 | true",
        "{'connect_accept_version': null, 'server_supports': ['1.0', '1.1']} | 1.0 | true",
        "{'connect_accept_version': '1.1', 'server_supports': ['1.0', '1.1']} | 1.0 | false",
        "{'connect_accept_version': '1.2', 'server_supports': ['1.0', '1.1']} | 1.0 | false"
      })
  void theVersionThatAServerChoosesIsCompared(String given, String version, boolean passes) {
    Json.Fields fields =
        fields("{'given': " + given + ", 'expect': {'version': '" + version + "'}}");

    assertThat(ServerCases.isNegotiation(fields)).isTrue();
    assertThat(ServerCases.negotiation(fields).runs())
        .hasSize(2)
        .allMatch(run -> run.passed() == passes);
  }

  private static List<Run> runs(String steps) {
    String cfg = steps.contains("heart-beat") ? "'cfg': {'heart_beat': [1000, 0]}, " : "";
    return ServerCases.conversation(
            fields(
                "{'v': ['1.1', '1.2'], 'policy': 'default', "
                    + cfg
                    + "'steps': ["
                    + steps.replaceAll(", $", "").replaceAll(", ]", "]")
                    + "]}"))
        .runs();
  }

  private static Json.Fields fields(String text) {
    return Json.as(Json.Fields.class, "case", Json.parse(text.replace('\'', '"')));
  }
}
