package io.stompbox.protocol.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.IllegalFrameException.Reason;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import io.stompbox.protocol.frame.Version;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which frames each version has and what they need, in both directions. */
class FrameRulesTest {
  /** STOMP 1.2, "Frames and Headers", and its like in 1.0 and 1.1. */
  @ParameterizedTest(name = "{0} {1} needs {2}")
  @CsvSource({
    "1.0, SEND,        destination",
    "1.0, SUBSCRIBE,   destination",
    "1.0, UNSUBSCRIBE, id or destination",
    "1.0, ACK,         message-id",
    "1.0, BEGIN,       transaction",
    "1.0, MESSAGE,     destination",
    "1.0, MESSAGE,     message-id",
    "1.0, RECEIPT,     receipt-id",
    "1.1, CONNECT,     accept-version",
    "1.1, CONNECT,     host",
    "1.1, STOMP,       host",
    "1.1, CONNECTED,   version",
    "1.1, SUBSCRIBE,   id",
    "1.1, UNSUBSCRIBE, id",
    "1.1, ACK,         message-id",
    "1.1, ACK,         subscription",
    "1.1, NACK,        subscription",
    "1.1, MESSAGE,     subscription",
    "1.2, SUBSCRIBE,   destination",
    "1.2, ACK,         id",
    "1.2, NACK,        id",
    "1.2, COMMIT,      transaction",
    "1.2, ABORT,       transaction",
    "1.2, MESSAGE,     subscription",
  })
  void aFrameWithoutAHeaderThatItsVersionRequiresIsRefused(
      String text, String name, String missing) {
    Commands commands = Commands.of(Version.of(text).orElseThrow());
    Frame frame = new Frame(Command.of(name), allBut(missing), Body.empty());
    String message =
        "STOMP %s requires the header '%s' of %s, but it has %s"
            .formatted(text, missing, name, frame.headers());

    assertThatThrownBy(() -> commands.checkToSend(frame))
        .isInstanceOfSatisfying(
            IllegalFrameException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.MISSING_HEADER))
        .hasMessage(message);
    assertThatThrownBy(() -> commands.checkReceived(frame))
        .isInstanceOfSatisfying(
            ProtocolException.class, e -> assertThat(e.fault()).isEqualTo(Fault.MISSING_HEADER))
        .hasMessage(message);
    commands.checkToSend(new Frame(Command.of(name), allBut(""), Body.empty()));
  }

  private static Headers allBut(String missing) {
    Headers.Builder headers = Headers.builder();
    for (String name :
        List.of(
            "accept-version",
            "host",
            "version",
            "destination",
            "id",
            "message-id",
            "subscription",
            "transaction",
            "receipt-id")) {
      if (!List.of(missing.split(" or ")).contains(name)) {
        headers.add(name, "x");
      }
    }
    return headers.build();
  }

  @ParameterizedTest
  @EnumSource
  void disconnectErrorAndCommandsOfBrokersNeedNothing(Version version) {
    for (String name : List.of("DISCONNECT", "ERROR", "WHATEVER")) {
      Commands.of(version).checkToSend(Frame.of(Command.of(name)));
    }
  }

  @Test
  void bodiesAreRefusedWhereTheVersionForbidsThem() {
    Frame frame = Frame.of(Command.BEGIN, "transaction", "t").with(Body.of("x"));

    Commands.of(Version.V1_0).checkToSend(frame);
    assertThatThrownBy(() -> Commands.of(Version.V1_1).checkToSend(frame))
        .hasMessage("BEGIN may not have a body in STOMP 1.1, but has 1 octet");
    assertThatThrownBy(() -> Commands.of(Version.V1_1).checkReceived(frame))
        .isInstanceOfSatisfying(
            ProtocolException.class, e -> assertThat(e.fault()).isEqualTo(Fault.BODY_NOT_ALLOWED));
  }

  @Test
  void stompCameWith11() {
    Set<Version> only10 = EnumSet.of(Version.V1_0);

    assertThatThrownBy(() -> Commands.stomp(only10, "h", HeartBeat.NONE, Headers.empty()))
        .isInstanceOfSatisfying(
            IllegalFrameException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.COMMAND_NOT_IN_VERSION))
        .hasMessage("STOMP 1.0 has no STOMP frame; use CONNECT, or offer 1.1 or 1.2 as well");
    assertThatThrownBy(() -> Commands.of(Version.V1_0).heartBeat())
        .hasMessageStartingWith("STOMP 1.0 has no heart-beats");
    assertThat(Commands.of(Version.V1_1).heartBeat()).isEqualTo(Body.of("\n"));
  }

  @ParameterizedTest
  @EnumSource
  void parametersWinOverFreeHeadersAndAreWrittenOnce(Version version) {
    FrameOptions with =
        FrameOptions.NONE
            .withReceipt("r")
            .inTransaction("t")
            .with(Headers.of("a", "1", "destination", "/other", "receipt", "s", "a", "2"));

    assertThat(Commands.of(version).send("/q", Body.of("x"), with))
        .isEqualTo(
            Frame.of(
                    Command.SEND,
                    "destination",
                    "/q",
                    "transaction",
                    "t",
                    "receipt",
                    "r",
                    "a",
                    "1",
                    "a",
                    "2")
                .with(Body.of("x")));
  }

  @Test
  @SuppressWarnings("NullAway") // the caller may not check its nulls
  void aDestinationThatIsNullIsMissing() {
    Commands commands = Commands.of(Version.V1_2);

    assertThatThrownBy(() -> commands.send(null, Body.empty(), FrameOptions.NONE))
        .hasMessage("STOMP 1.2 requires the header 'destination' of SEND, but it has []");
    assertThatThrownBy(() -> commands.subscribe(null, "1", "auto", FrameOptions.NONE))
        .hasMessageStartingWith("STOMP 1.2 requires the header 'destination' of SUBSCRIBE");
  }

  @Test
  void aMessageThatNamesAnOpenTransactionIsAcknowledgedInIt() {
    Frame message = Frame.of(Command.MESSAGE, "transaction", "t");

    assertThat(FrameOptions.NONE.inTransactionOf(message, List.of("t")).transaction())
        .isEqualTo("t");
    assertThat(FrameOptions.NONE.inTransactionOf(message, List.of("u")).transaction()).isNull();
  }

  @Test
  void framesOfTheServerAreReadOrRefused() {
    Commands commands = Commands.of(Version.V1_1);
    Frame message =
        Frame.of(Command.MESSAGE, "destination", "/q", "message-id", "m", "subscription", "s");

    assertThat(commands.readMessage(message)).isEqualTo(new SubscriptionToken.ById("s"));
    assertThat(commands.readReceipt(Frame.of(Command.RECEIPT, "receipt-id", "r"))).isEqualTo("r");
    assertThat(commands.readError(Frame.of(Command.ERROR, "message", "no")).message())
        .contains("no");
    assertThatThrownBy(() -> commands.readReceipt(message))
        .isInstanceOf(ProtocolException.class)
        .hasMessage("expected a RECEIPT, but got " + message);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "'1.0,1.1,2.0', 1.1",
        "-,             1.0",
        "'1.2,1.1',     1.2",
        "' 1.1 , 1.2 ', 1.2",
        "'0.0,3.2',     -",
      })
  void theHighestCommonVersionIsChosen(String offered, String expected) {
    assertThat(
            AcceptVersion.parse(offered)
                .highestCommon(EnumSet.allOf(Version.class))
                .map(Version::text)
                .orElse(null))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"Box/2.1 (build 7) extra, Box, 2.1", "Box, Box, -", "Box/2/1, Box, 2/1"})
  void aServersNameAndVersionAreTakenApart(String server, String name, String version) {
    Agreement agreement =
        Agreement.of(
            Frame.of(Command.CONNECTED, "version", "1.2", "server", server),
            EnumSet.allOf(Version.class),
            HeartBeat.NONE);

    assertThat(agreement.serverName()).contains(name);
    assertThat(agreement.serverVersion().orElse(null)).isEqualTo(version);
  }
}
