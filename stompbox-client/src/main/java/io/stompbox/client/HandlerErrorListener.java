package io.stompbox.client;

/** Hears of every message whose handler threw, whatever the {@link ErrorPolicy}. */
@FunctionalInterface
public interface HandlerErrorListener {
  /**
   * Called after the policy was applied, on the thread of the handler, so the subscription's next
   * message may wait for it. What it throws is logged.
   *
   * @param cause what the handler threw; what prevented the policy is suppressed in it
   */
  void onError(Subscription subscription, Delivery delivery, Throwable cause);
}
