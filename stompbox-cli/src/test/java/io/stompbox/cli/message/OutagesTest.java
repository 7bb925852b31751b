package io.stompbox.cli.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.stompbox.client.ClientState;
import io.stompbox.client.StateChange;
import io.stompbox.client.StompTimeoutException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OutagesTest {
  private final Outages outages = new Outages();

  private static StateChange change(ClientState from, ClientState to, int epoch) {
    return new StateChange(from, to, epoch, Optional.empty());
  }

  private final StateChange lost = change(ClientState.CONNECTED, ClientState.RECOVERING, 1);
  private final StateChange back = change(ClientState.RECOVERING, ClientState.CONNECTED, 2);

  /** Hears of one change in each turn, and has its answer when there are no more. */
  private String outlast(StateChange... duringTurns) throws InterruptedException {
    Queue<StateChange> turns = new ArrayDeque<>(List.of(duringTurns));
    return outages.outlast(
        () -> {
          if (turns.isEmpty()) {
            return "answer";
          }
          outages.accept(turns.remove());
          throw new StompTimeoutException("no answer");
        });
  }

  @Test
  void timeWithoutAConnectionIsNotThatOfTheBroker() throws Exception {
    assertThat(outlast(lost, lost, back)).isEqualTo("answer");
  }

  @Test
  void timeOfTheBrokerBeginsAnewWithAConnection() throws Exception {
    outages.accept(lost);

    assertThat(outlast(back)).isEqualTo("answer");
  }

  /** It may take longer to write a body than the broker may take to answer. */
  @Test
  void timeInWhichABodyWasReadIsNotThatOfTheBroker() {
    AtomicLong octets = new AtomicLong();
    AtomicInteger turns = new AtomicInteger();
    Outages reading = new Outages(octets::get);

    assertThatExceptionOfType(StompTimeoutException.class)
        .isThrownBy(
            () ->
                reading.outlastBodies(
                    () -> {
                      if (turns.incrementAndGet() < 3) {
                        octets.incrementAndGet();
                      }
                      throw new StompTimeoutException("no answer");
                    }));

    assertThat(turns).hasValue(3);
  }

  @Test
  void brokerThatIsThereHasItsTimeOnce() {
    outages.accept(back);

    assertThatExceptionOfType(StompTimeoutException.class).isThrownBy(() -> outlast(back));
  }
}
