package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Waiting until everything was written, while there is no connection. */
class FlushTest {
  private final Outbox outbox =
      new Outbox(Bounds.defaults().withOutgoing(1, 1000), TimeSource.system());
  private final Receipts receipts = new Receipts(Runnable::run);

  @Test
  void whatIsGivenUpTakesNoRoom() {
    for (int i = 0; i < 3; i++) {
      assertThatExceptionOfType(StompTimeoutException.class).isThrownBy(this::flush);
    }

    assertThat(outbox.offer(Outbound.plain(Outgoing.to("/queue/a").frame(BrokerProfile.GENERIC))))
        .isTrue();
  }

  private void flush() throws InterruptedException {
    Sends.flush(outbox, receipts.confirmation("flush"), Duration.ofMillis(1));
  }
}
