package io.stompbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import java.lang.ref.WeakReference;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Subscriptions of a client that has no connection. */
class SubscriptionsTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final SubscriptionStoppedException stopped =
      new SubscriptionStoppedException("it was ended");

  private final Outbox outbox = new Outbox(Bounds.defaults(), TimeSource.system());
  private final Subscriptions subscriptions = UnconnectedSubscriptions.of(outbox);

  /** It would wait for a connection that nobody makes. */
  @Test
  void noneIsRegisteredOnceTheClientHasEndedThoseThatWere() {
    outbox.refuseNew(Reconnector.closed());

    assertThatExceptionOfType(ConnectionLostException.class)
        .isThrownBy(() -> subscriptions.add("/queue/a", SubscribeOptions.defaults(), null));
    assertThat(subscriptions.open()).isEmpty();
  }

  private Subscription subscription() {
    return new Subscription(subscriptions, "s", "/queue/a", SubscribeOptions.defaults(), null);
  }

  /** One that a message came for, and that the program has no more. */
  private WeakReference<Subscription> closed() throws InterruptedException {
    Subscription subscription = subscription();
    subscription.offerTo(subscriptions.pulls());
    Frame message = Frame.of(Command.MESSAGE, "message-id", "1", "subscription", "s", "ack", "1");
    subscription.intake().take(UnstartedLink.epoch(1, outbox).link(), message, StoredBody.NONE);
    assertThat(subscription.receive(LIMIT)).isPresent();
    subscription.end();
    return new WeakReference<>(subscription);
  }

  private WeakReference<Subscription> failed() {
    Subscription subscription = subscription();
    subscription.offerTo(subscriptions.pulls());
    subscription.fail(stopped);
    assertThatThrownBy(() -> subscription.receive(LIMIT)).isEqualTo(stopped);
    return new WeakReference<>(subscription);
  }

  private static void awaitForgotten(WeakReference<Subscription> ended) {
    await()
        .atMost(LIMIT)
        .until(
            () -> {
              System.gc();
              return ended.refersTo(null);
            });
  }

  @Test
  void aClosedSubscriptionIsForgottenWhereNobodyPullsFromAll() throws Exception {
    awaitForgotten(closed());
  }

  @Test
  void aFailedSubscriptionIsForgottenOnceThatWasTold() {
    awaitForgotten(failed());
  }

  @Test
  void aSubscriptionThatFailsBeforeItCanBePulledFromIsToldAllTheSame() {
    Subscription subscription = subscription();
    subscription.fail(stopped);
    assertThat(subscriptions.pulls().subscriptions()).isEmpty();

    assertThatThrownBy(
            () -> {
              subscriptions.pulls().receive(Duration.ZERO);
              subscription.offerTo(subscriptions.pulls());
              subscriptions.pulls().receive(Duration.ZERO);
            })
        .isEqualTo(stopped);
  }
}
