package io.stompbox.protocol.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.Version;
import org.junit.jupiter.api.Test;

class ServerCommandsTest {
  private static final MessageIds IDS = new MessageIds("m", "s", "a");

  @Test
  void connectedSaysTheVersionAndWhatTheServerOffers() {
    assertThat(
            ServerCommands.of(Version.V1_2)
                .connected(new HeartBeat(1, 2), Headers.of("version", "9", "server", "Box")))
        .isEqualTo(
            Frame.of(Command.CONNECTED, "version", "1.2", "heart-beat", "1,2", "server", "Box"));
  }

  @Test
  void messagesHaveAnAckHeaderOnlyIn12() {
    Headers user = Headers.of("k", "v", "destination", "/other");

    assertThat(ServerCommands.of(Version.V1_2).message(IDS, "/q", Body.of("x"), user))
        .isEqualTo(
            Frame.of(
                    Command.MESSAGE,
                    "destination",
                    "/q",
                    "message-id",
                    "m",
                    "subscription",
                    "s",
                    "ack",
                    "a",
                    "k",
                    "v")
                .with(Body.of("x")));
    assertThat(ServerCommands.of(Version.V1_1).message(IDS, "/q", Body.empty(), user).header("ack"))
        .isNull();
  }

  @Test
  void aMessageWithoutItsNamesIsRefused() {
    MessageIds nameless = new MessageIds(null, "s", null);

    assertThatThrownBy(
            () ->
                ServerCommands.of(Version.V1_1)
                    .message(nameless, "/q", Body.empty(), Headers.empty()))
        .isInstanceOf(IllegalFrameException.class)
        .hasMessageContaining("requires the header 'message-id' of MESSAGE");
  }

  @Test
  void receiptsAndErrorsNameTheFrameThatTheyAnswer() {
    ServerCommands commands = ServerCommands.of(Version.V1_2);

    assertThat(commands.receipt("r")).isEqualTo(Frame.of(Command.RECEIPT, "receipt-id", "r"));
    assertThat(commands.error("no", "r", Body.of("why"), Headers.empty()))
        .isEqualTo(
            Frame.of(Command.ERROR, "message", "no", "receipt-id", "r").with(Body.of("why")));
    assertThat(commands.error("no", null, Body.empty(), Headers.empty()))
        .isEqualTo(Frame.of(Command.ERROR, "message", "no"));
  }
}
