package io.stompbox.protocol.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.session.SessionOptions.Checking;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server may never send is its fault, and not a mistake of the program. */
class ServerFaultsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "CONNECT",
        "STOMP",
        "SEND",
        "SUBSCRIBE",
        "UNSUBSCRIBE",
        "ACK",
        "NACK",
        "BEGIN",
        "COMMIT",
        "ABORT",
        "DISCONNECT"
      })
  void aFrameThatOnlyClientsSendIsAFaultOfTheServerInEachState(String command) {
    Session session = new Session(SessionOptions.defaults());

    isRefused(session, command);
    session.connect("h", FrameOptions.NONE);
    isRefused(session, command);
    session.receive(Frame.of(Command.CONNECTED, "version", "1.2"), 0);
    isRefused(session, command);
    session.disconnect(FrameOptions.NONE);
    isRefused(session, command);
  }

  @ParameterizedTest
  @EnumSource(Checking.class)
  void soItIsWhateverIsChecked(Checking checking) {
    isRefused(new Session(SessionOptions.defaults().with(checking)), "SEND");
  }

  private static void isRefused(Session session, String command) {
    SessionState before = session.state();

    assertThatThrownBy(() -> session.receive(Frame.of(Command.of(command), "x", "y"), 0))
        .isInstanceOfSatisfying(
            ProtocolException.class,
            e -> assertThat(e.fault()).isEqualTo(ProtocolException.Fault.UNEXPECTED_FRAME))
        .hasMessageContaining("a server does not send " + command);
    assertThat(session.state()).isEqualTo(before);
  }

  @Test
  void anAnswerThatNobodyAskedForIsAFaultToo() {
    Session session = new Session(SessionOptions.defaults());

    assertThatThrownBy(() -> session.receive(Frame.of(Command.RECEIPT, "receipt-id", "r"), 0))
        .isInstanceOf(ProtocolException.class)
        .hasMessage("RECEIPT is not allowed while DISCONNECTED; allowed are [CONNECT, STOMP]");
  }
}
