package io.stompbox.cli.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.Cli;
import io.stompbox.client.ClientState;
import io.stompbox.client.ConnectionLostException;
import io.stompbox.client.ConnectionLostException.Sent;
import io.stompbox.client.StateChange;
import io.stompbox.protocol.frame.ProtocolException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LossesTest {
  private final Cli cli = new Cli();
  private final Losses losses = new Losses(cli.environment(), "source: ");

  @Test
  void bodyThatIsTooLargeIsToldOnceAlthoughItComesAgain() {
    lose(ProtocolException.longBody("too long", 3000));
    lose(ProtocolException.longBody("too long", 3000));
    lose(ProtocolException.longBody("too long", 4000));

    assertThat(cli.err().lines())
        .containsExactly(
            "stompbox: source: the broker sent a body of 3000 octets or more,"
                + " above most.bodyOctets; connecting again",
            "stompbox: source: the broker sent a body of 4000 octets or more,"
                + " above most.bodyOctets; connecting again");
  }

  @Test
  void everyOtherLossIsToldWithItsEnd() {
    lose(new ConnectionLostException("gone", Sent.UNKNOWN));
    lose(new ConnectionLostException("gone", Sent.UNKNOWN));

    assertThat(cli.err().lines())
        .containsExactly(
            "stompbox: source: gone; connecting again",
            "stompbox: source: connected again",
            "stompbox: source: gone; connecting again",
            "stompbox: source: connected again");
  }

  private void lose(Throwable cause) {
    losses.tell(
        new StateChange(ClientState.CONNECTED, ClientState.RECOVERING, 1, Optional.of(cause)));
    losses.tell(
        new StateChange(ClientState.CONNECTING, ClientState.CONNECTED, 2, Optional.empty()));
  }
}
