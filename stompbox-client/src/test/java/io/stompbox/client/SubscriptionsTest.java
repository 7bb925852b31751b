package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

/** Subscriptions of a client that has no connection. */
class SubscriptionsTest {
  private final Outbox outbox = new Outbox(Bounds.defaults(), TimeSource.system());
  private final Subscriptions subscriptions =
      new Subscriptions(
          new Requests(outbox, new Receipts(Runnable::run), Timeouts.defaults()),
          Bounds.defaults(),
          new BodyStore(LargeBodies.NONE),
          Runnable::run,
          message -> {
            throw new AssertionError("nothing is forwarded");
          });

  /** It would wait for a connection that nobody makes. */
  @Test
  void noneIsRegisteredOnceTheClientHasEndedThoseThatWere() {
    outbox.refuseNew(Reconnector.closed());

    assertThatExceptionOfType(ConnectionLostException.class)
        .isThrownBy(() -> subscriptions.add("/queue/a", SubscribeOptions.defaults(), null));
    assertThat(subscriptions.open()).isEmpty();
  }
}
