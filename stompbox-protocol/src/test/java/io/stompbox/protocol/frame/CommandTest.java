package io.stompbox.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {
  private static final List<Command> CLIENT =
      List.of(
          Command.CONNECT,
          Command.STOMP,
          Command.SEND,
          Command.SUBSCRIBE,
          Command.UNSUBSCRIBE,
          Command.ACK,
          Command.NACK,
          Command.BEGIN,
          Command.COMMIT,
          Command.ABORT,
          Command.DISCONNECT);

  private static final List<Command> SERVER =
      List.of(Command.CONNECTED, Command.MESSAGE, Command.RECEIPT, Command.ERROR);

  private static final List<Command> WITH_BODY =
      List.of(Command.SEND, Command.MESSAGE, Command.ERROR);

  private static final List<Command> HANDSHAKE =
      List.of(Command.CONNECT, Command.STOMP, Command.CONNECTED);

  @ParameterizedTest
  @FieldSource({"CLIENT", "SERVER"})
  void thoseOfTheSpecificationAreShared(Command command) {
    assertThat(Command.of(command.name())).isSameAs(command);
    assertThat(command.isKnown()).isTrue();
    assertThat(command).hasToString(command.name());
  }

  @Test
  void knownOnesAreThoseOfTheSpecifications() {
    assertThat(Command.known()).hasSize(CLIENT.size() + SERVER.size()).containsAll(CLIENT);
    assertThat(Command.known()).containsAll(SERVER);
  }

  @Test
  void sayWhoSendsThem() {
    assertThat(CLIENT).allMatch(command -> command.sender() == Command.Sender.CLIENT);
    assertThat(SERVER).allMatch(command -> command.sender() == Command.Sender.SERVER);
    assertThat(Command.of("TELEMETRY").sender()).isEqualTo(Command.Sender.UNKNOWN);
  }

  @ParameterizedTest
  @FieldSource({"CLIENT", "SERVER"})
  void onlySendMessageAndErrorMayHaveABodyFrom11On(Command command) {
    boolean allowed = WITH_BODY.contains(command);

    assertThat(command.allowsBody(Version.V1_1)).isEqualTo(allowed);
    assertThat(command.allowsBody(Version.V1_2)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @FieldSource({"CLIENT", "SERVER"})
  void onlyTheHandshakeMustBeWithoutABodyIn10(Command command) {
    assertThat(command.allowsBody(Version.V1_0)).isEqualTo(!HANDSHAKE.contains(command));
    assertThat(command.isHandshake()).isEqualTo(HANDSHAKE.contains(command));
  }

  @Test
  void unknownOnesAreCarriedAndEqualByName() {
    Command telemetry = Command.of("TELEMETRY");

    assertThat(telemetry.isKnown()).isFalse();
    assertThat(telemetry.allowsBody(Version.V1_2)).isTrue();
    assertThat(telemetry).isEqualTo(Command.of("TELEMETRY")).hasSameHashCodeAs("TELEMETRY");
    assertThat(telemetry).isNotEqualTo(Command.of("TELEMETRIE"));
  }

  @Test
  void caseMatters() {
    assertThat(Command.of("send")).isNotEqualTo(Command.SEND);
    assertThat(Command.of("send").isKnown()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " SEND", "SEND ", "SE ND", "SEND\r", "SEND\n", "a:b", "é", "\u007f"})
  void areVisibleAsciiWithoutColon(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Command.of(name))
        .withMessageContaining("visible ASCII")
        .withMessageContaining("'" + name + "'");
  }
}
