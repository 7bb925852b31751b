package io.stompbox.testkit.script;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a script of faults must not say. {@code FaultProxyTest} plays what it may. */
class FaultScriptTest {
  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of("up reset", "f:1: found 'up'; allowed are connection N"),
        Arguments.of("connection x", "f:1: found 'x'; expected is the number of a connection"),
        Arguments.of("connection 0", "f:1: found '0'; numbers begin at 1"),
        Arguments.of("connection 1\nup sink", "f:2: found 'sink'; that is no fault"),
        Arguments.of("connection 1\nsideways reset", "f:2: found 'sideways'; allowed are"),
        Arguments.of("connection 1\nup delay 5", "f:2: found '5'; expected is how long"),
        Arguments.of("connection 1\nup rate 0", "f:2: found '0'; octets a second is at least 1"),
        Arguments.of("connection 1\nup reset at SEND 1", "f:2: found 'at'; expected is one of"),
        Arguments.of("connection 1\nup reset after SEND", "found the end of the line; expected"),
        Arguments.of("connection 1\nup reset after 3", "behind it comes the word octets"),
        Arguments.of("connection 1\nup flip 1", "bits are written as 0x01"),
        Arguments.of("connection 1\nup reset after SEND 1 x", "expected is the end of the line"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  void isRefusedWithItsPlaceAndWhatIsAllowed(String script, String complaint) {
    assertThatThrownBy(() -> FaultScript.parse("f", script))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining(complaint);
  }
}
