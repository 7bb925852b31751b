package io.stompbox.client;

import io.stompbox.protocol.frame.StompException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A recipient of the program's, and around it what listeners change and observers are told. */
record ObservedRecipient(Recipient recipient, Observation observation) implements Recipient {
  @Override
  public @Nullable CompletionStage<?> take(Delivery delivery) throws Exception {
    delivery.stored().given();
    CompletionStage<?> stage = observation.isOn() ? observed(delivery) : recipient.take(delivery);
    if (stage == null) {
      delivery.done();
    }
    return stage;
  }

  private @Nullable CompletionStage<?> observed(Delivery delivery) throws Exception {
    observation.delivering(delivery);
    long start = System.nanoTime();
    CompletionStage<?> stage;
    try {
      stage = recipient.take(delivery);
    } catch (Throwable e) {
      handled(delivery, start, e);
      throw e;
    }
    if (stage == null || stage == DONE) {
      handled(delivery, start, null);
      return stage;
    }
    return stage.whenComplete(
        (value, failure) ->
            handled(delivery, start, failure == null ? null : Later.unwrapped(failure)));
  }

  private void handled(Delivery delivery, long start, @Nullable Throwable failure) {
    observation.handled(delivery, System.nanoTime() - start, failure);
  }

  @Override
  public Demand demand() {
    return recipient.demand();
  }

  @Override
  public void ended(@Nullable StompException cause) {
    recipient.ended(cause);
  }
}
