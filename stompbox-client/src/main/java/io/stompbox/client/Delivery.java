package io.stompbox.client;

import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.IllegalFrameException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One message that a subscription received. It belongs to the physical connection that brought it:
 * acknowledging it after that connection was lost writes nothing and says so. Safe to share between
 * threads.
 */
public final class Delivery {
  private final Subscription subscription;
  private final Frame frame;
  private final int epoch;
  private final long sequence;
  private final AtomicBoolean settled = new AtomicBoolean();

  Delivery(Subscription subscription, Frame frame, int epoch, long sequence) {
    this.subscription = subscription;
    this.frame = frame;
    this.epoch = epoch;
    this.sequence = sequence;
  }

  /** The MESSAGE frame as it came. */
  public Frame frame() {
    return frame;
  }

  /** The subscription that received it. */
  public Subscription subscription() {
    return subscription;
  }

  /** The destination it was sent to; that of the subscription if the broker does not say. */
  public String destination() {
    return frame.headers().value("destination").orElse(subscription.destination());
  }

  /** The headers, the broker's own among them. */
  public Headers headers() {
    return frame.headers();
  }

  /** The body. */
  public Body body() {
    return frame.body();
  }

  /** The body as text, in the charset of content-type or else UTF-8. */
  public String text() {
    return frame.text();
  }

  /** Whether the broker says that it gave this message out before. */
  public boolean isRedelivered() {
    return frame.headers().value("redelivered").filter("true"::equals).isPresent();
  }

  /** The number of the physical connection that brought it, from 1. */
  public int epoch() {
    return epoch;
  }

  /** Its place among the messages of the subscription, from 1. */
  long sequence() {
    return sequence;
  }

  /**
   * Tells the broker that the message was processed. With {@link Acknowledgement#AFTER_PROCESSING}
   * this may be done early; it is not done again then.
   *
   * @return what became of it; does not wait for the broker
   * @throws IllegalStateException if it was acknowledged or refused before
   */
  public AckResult ack() {
    settle("acknowledged");
    return subscription.ack(this);
  }

  /**
   * Tells the broker that the message was not processed. What the broker does then is its own
   * business: ActiveMQ Classic moves persistent messages to the dead-letter queue and drops others,
   * Artemis drops them, RabbitMQ gives them out again at once.
   *
   * @return what became of it; does not wait for the broker
   * @throws IllegalStateException if it was acknowledged or refused before
   * @throws IllegalArgumentException in STOMP 1.0, which has no NACK
   */
  public AckResult nack() {
    settle("refused");
    try {
      return subscription.nack(this);
    } catch (IllegalFrameException e) {
      // Nothing was written, so the message can still be acknowledged.
      settled.set(false);
      throw e;
    }
  }

  /** As {@link #ack()}, but does nothing if it was settled before. */
  void ackUnlessSettled() {
    if (markSettled()) {
      subscription.ack(this);
    }
  }

  /** Takes note that it is settled; false if it was before. */
  boolean markSettled() {
    return settled.compareAndSet(false, true);
  }

  private void settle(String how) {
    if (!markSettled()) {
      throw new IllegalStateException(
          "the message can't be " + how + ": it was acknowledged or refused before: " + this);
    }
  }

  @Override
  public String toString() {
    return frame.toString();
  }
}
