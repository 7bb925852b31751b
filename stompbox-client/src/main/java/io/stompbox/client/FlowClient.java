package io.stompbox.client;

import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;

/**
 * A {@link StompClient} for programs that work with reactive streams. It shares everything with the
 * client it comes from. Signals come on the client's handler executor. Safe to share between
 * threads.
 */
public final class FlowClient {
  private final StompClient client;
  private final Executor executor;
  private final int mostUnconfirmed;

  FlowClient(StompClient client, Executor executor, int mostUnconfirmed) {
    this.client = client;
    this.executor = executor;
    this.mostUnconfirmed = mostUnconfirmed;
  }

  /** Returns the messages of a destination, subscribed with everything by default. */
  public Flow.Publisher<Delivery> messages(String destination) {
    return messages(destination, SubscribeOptions.defaults());
  }

  /**
   * Returns the messages of a destination. Each subscriber has a subscription of its own, which is
   * made when it first requests messages and ended when it cancels.
   *
   * <p>With its demand used up, a subscriber gets no message; what has come waits unacknowledged,
   * and the broker sends no more than the prefetch of {@code how}. With {@link
   * Acknowledgement#AFTER_PROCESSING} a message is acknowledged when {@code onNext} returns. Where
   * operators hand it to other threads or keep it in a buffer that is too early: choose {@link
   * Acknowledgement#MANUAL} and call {@link Delivery#ack()} at the end. A message that is handed
   * over while another thread cancels is not acknowledged, and comes again.
   *
   * <p>The stream ends with {@code onComplete} when the client or the subscription is closed, and
   * with {@code onError} when the broker refuses, the client gives up, or the client was closed
   * before; losses in between do not end it. If {@code onNext} throws, the message is handled by
   * {@link ErrorPolicy} and the subscriber counts as cancelled.
   *
   * @throws IllegalArgumentException if the destination is blank, or {@code how} asks for several
   *     messages at a time: signals come one after the other
   */
  public Flow.Publisher<Delivery> messages(String destination, SubscribeOptions how) {
    Subscriptions.checkDestination(destination);
    if (how.handling().isInParallel()) {
      throw new IllegalArgumentException(
          "concurrency and orderedBy are for handlers, but a stream gives the messages of "
              + destination
              + " one after the other; let an operator spread them over threads");
    }
    return subscriber ->
        new DeliveryStream(
                client,
                destination,
                how,
                executor,
                Objects.requireNonNull(subscriber, "subscriber"))
            .start();
  }

  /**
   * Returns a subscriber that sends what it is given, with as many messages unconfirmed at a time
   * as the client's {@link Bounds} allow, and that cancels when a send fails.
   */
  public MessageSink sink() {
    return sink(mostUnconfirmed, WhenSendFails.CANCEL);
  }

  /**
   * Returns a subscriber that sends what it is given.
   *
   * @param window how many messages may be unconfirmed at a time
   * @throws IllegalArgumentException if the window is below 1 or above {@link Bounds#unconfirmed()}
   */
  public MessageSink sink(int window, WhenSendFails policy) {
    if (window < 1 || window > mostUnconfirmed) {
      throw new IllegalArgumentException(
          "window must be from 1 to "
              + mostUnconfirmed
              + ", as many as may be unconfirmed in the client: "
              + window
              + "; raise Bounds.withUnconfirmed for more");
    }
    return new MessageSink(client, window, policy);
  }
}
