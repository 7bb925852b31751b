package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.client.ConnectionLostException.Sent;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.IllegalFrameException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a subscription that the broker does not make. */
class EstablishmentTest {
  private final List<String> heard = new ArrayList<>();
  private final Establishment establishment =
      new Establishment(() -> heard.add("never"), cause -> heard.add("refused"));

  static Stream<Outcome> failures() {
    return Stream.of(
        new Outcome.Rejected(error()),
        new Outcome.Unknown(error()),
        new Outcome.NotSent(
            new ConnectionLostException(
                "too large",
                Sent.NOT_SENT,
                new IllegalFrameException(Reason.TOO_LARGE_FOR_BROKER, "too large"))));
  }

  private static BrokerErrorException error() {
    return new BrokerErrorException("a frame", Frame.of(Command.ERROR, "message", "no"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whatWasNeverMadeIsOverBeforeAnotherConnectionCanMakeIt(Outcome failure) {
    establishment.subscribing();
    establishment.settled(failure);

    assertThat(heard).containsExactly("never");
  }

  @Test
  void whatIsLostWithItsConnectionIsMadeOnTheNext() {
    establishment.subscribing();
    establishment.settled(new Outcome.Unknown(new ConnectionLostException("lost", Sent.UNKNOWN)));

    assertThat(heard).isEmpty();
  }

  @Test
  void aRefusalOfWhatWasMadeBeforeIsHeard() {
    establishment.settled(new Outcome.Confirmed(1, 1, false));
    establishment.settled(new Outcome.Rejected(error()));

    assertThat(heard).containsExactly("refused");
  }
}
