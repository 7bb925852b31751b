package io.stompbox.client;

import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.IllegalFrameException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One message that a subscription received. It belongs to the physical connection that brought it:
 * acknowledging it after that connection was lost writes nothing and says so. Safe to share between
 * threads.
 */
public final class Delivery {
  /** Saves an object for each message. */
  private static final AtomicReferenceFieldUpdater<Delivery, @Nullable Settlement> SETTLEMENT =
      AtomicReferenceFieldUpdater.newUpdater(Delivery.class, Settlement.class, "settlement");

  private final Subscription subscription;
  private final Frame original;
  private final int epoch;
  private final long sequence;

  /** How it was settled; null if it is not. */
  private volatile @Nullable Settlement settlement;

  /** What a listener made of it; null if none did. */
  private volatile @Nullable Frame changed;

  /** Null until the program was asked for it. */
  private volatile @Nullable Object key;

  /** The body, if it is in a file. */
  private final StoredBody stored;

  Delivery(Subscription subscription, Frame frame, int epoch, long sequence) {
    this(subscription, frame, StoredBody.NONE, epoch, sequence);
  }

  Delivery(Subscription subscription, Frame frame, StoredBody stored, int epoch, long sequence) {
    this.subscription = subscription;
    this.original = frame;
    this.stored = stored;
    this.epoch = epoch;
    this.sequence = sequence;
  }

  /**
   * The MESSAGE frame, as {@link StompListener#beforeMessage} has left it; without its body if that
   * is in a file.
   */
  public Frame frame() {
    Frame made = changed;
    return made == null ? original : made;
  }

  /** The MESSAGE frame as it came; without its body if that is in a file. */
  public Frame original() {
    return original;
  }

  /** A listener has made another frame of it, before the program gets it. */
  void change(Frame frame) {
    changed = frame;
  }

  /** The subscription that received it. */
  public Subscription subscription() {
    return subscription;
  }

  /** The destination it was sent to; that of the subscription if the broker does not say. */
  public String destination() {
    return frame().headers().value("destination").orElse(subscription.destination());
  }

  /** The headers, the broker's own among them. */
  public Headers headers() {
    return frame().headers();
  }

  /**
   * The body.
   *
   * @throws IllegalStateException if it is in a file ({@link LargeBodies})
   */
  public Body body() {
    checkHeld();
    return frame().body();
  }

  /**
   * The body as text, in the charset of content-type or else UTF-8.
   *
   * @throws IllegalStateException if it is in a file ({@link LargeBodies})
   */
  public String text() {
    checkHeld();
    return frame().text();
  }

  private void checkHeld() {
    if (isElsewhere()) {
      throw new IllegalStateException(
          "the body of "
              + bodyLength()
              + " octets is in a file, since it is too large to be held; read it with stream()");
    }
  }

  /** A listener may have made another body of it. */
  private boolean isElsewhere() {
    return !stored.isNone() && frame().body().isEmpty();
  }

  /** How many octets the body has, wherever it is. */
  public long bodyLength() {
    return isElsewhere() ? stored.length() : frame().body().size();
  }

  /**
   * The body as a value.
   *
   * @throws RuntimeException what the codec throws where it can't read the body
   */
  public <T> T as(BodyCodec<T> codec) {
    return codec.decode(this);
  }

  /**
   * The body as a stream from its first octet, wherever it is. It need be closed only if the body
   * is in a file ({@link LargeBodies}), which is there until the message was processed and settled.
   *
   * @throws UncheckedIOException if the file can't be read, or is deleted already
   */
  public InputStream stream() {
    if (!isElsewhere()) {
      return new ByteArrayInputStream(body().toBytes());
    }
    try {
      return stored.open();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the body of " + this + ": " + e.getMessage(), e);
    }
  }

  /**
   * Deletes the file of the body, if it is in one and still there. The client does so itself, but
   * for the reply to a request, whose file stays until the connection that brought it is lost or
   * the client is closed.
   */
  public void deleteBody() {
    stored.delete();
  }

  /** The file of the body; {@link StoredBody#NONE} if the frame has it. */
  StoredBody stored() {
    return stored;
  }

  /** The program has processed it, or nobody will. */
  void done() {
    boolean isManual = subscription.options().acknowledgement() == Acknowledgement.MANUAL;
    Settlement how = settlement();
    stored.done(!isManual && (how == null || !how.isOpen()));
  }

  /**
   * Returns a copy to be sent to another destination: the same body and headers, but for those that
   * belong to this delivery or its queue (message-id, subscription, ack, redelivered, destination,
   * receipt, transaction, content-length, duplicate ids, queue arguments) and what the sender asked
   * for this message (timestamp, expires, expiration, priority). It is persistent. A body in a file
   * ({@link LargeBodies}) is read when the copy is sent, so settle this message after that.
   */
  public Outgoing forwardTo(String destination) {
    Outgoing copy = Outgoing.forwarding(frame(), destination);
    return isElsewhere() ? copy.body(stored.source()) : copy;
  }

  /**
   * Returns an empty message to where the sender wants its reply, with its correlation-id.
   *
   * @throws IllegalStateException if the sender has not said where, with the header reply-to
   */
  public Outgoing reply() {
    String place = headers().get("reply-to");
    if (place == null || place.isBlank()) {
      throw new IllegalStateException("the sender wants no reply: there is no reply-to in " + this);
    }
    Outgoing reply = Outgoing.to(place);
    String correlation = headers().get(AwaitedReplies.CORRELATION_ID);
    return correlation == null ? reply : reply.header(AwaitedReplies.CORRELATION_ID, correlation);
  }

  /** Whether the broker says that it gave this message out before. */
  public boolean isRedelivered() {
    return frame().headers().value("redelivered").filter("true"::equals).isPresent();
  }

  /** The number of the physical connection that brought it, from 1. */
  public int epoch() {
    return epoch;
  }

  /** Its place among the messages of the client, from 1. */
  long sequence() {
    return sequence;
  }

  /** Decides which messages are processed in order; null if it has not been asked for. */
  @Nullable Object key() {
    return key;
  }

  void key(Object orderKey) {
    key = orderKey;
  }

  /**
   * Tells the broker that the message was processed. With {@link Acknowledgement#AFTER_PROCESSING}
   * this may be done early; it is not done again then.
   *
   * @return what became of it; does not wait for the broker
   * @throws IllegalStateException if it was acknowledged or refused before
   * @throws IllegalArgumentException if the broker left out what an ACK needs
   */
  public AckResult ack() {
    return tell(Verdict.PROCESSED);
  }

  /**
   * As {@link #ack()}, and asks the broker for a receipt.
   *
   * @return what learns the outcome: {@link Outcome.Confirmed} on the receipt, {@link
   *     Outcome.Unknown} if the connection is lost before it, so that the message may come again;
   *     {@link Outcome.NotSent} with {@link StaleDeliveryException} where {@link #ack()} says
   *     {@link AckResult#STALE}
   * @throws IllegalStateException if it was acknowledged or refused before, or the broker does that
   *     by itself
   * @throws IllegalArgumentException if the broker left out what an ACK needs
   */
  public Confirmation ackConfirmed() {
    return confirm(Verdict.PROCESSED);
  }

  /**
   * Tells the broker that the message was not processed. What the broker does then is its own
   * business: ActiveMQ Classic moves persistent messages to the dead-letter queue and drops others,
   * Artemis drops them, RabbitMQ gives them out again at once.
   *
   * @return what became of it; does not wait for the broker
   * @throws IllegalStateException if it was acknowledged or refused before
   * @throws IllegalArgumentException in STOMP 1.0, which has no NACK, or if the broker left out
   *     what a NACK needs
   */
  public AckResult nack() {
    return tell(Verdict.REFUSED);
  }

  /** As {@link #nack()}, and asks the broker for a receipt as {@link #ackConfirmed()} does. */
  public Confirmation nackConfirmed() {
    return confirm(Verdict.REFUSED);
  }

  private AckResult tell(Verdict verdict) {
    settle(verdict);
    try {
      AckResult result = subscription.acknowledgements().tell(verdict, this, List.of());
      stored.settled();
      return result;
    } catch (IllegalFrameException e) {
      notSettled();
      throw e;
    }
  }

  private Confirmation confirm(Verdict verdict) {
    if (subscription.options().acknowledgement() == Acknowledgement.BROKER) {
      throw new IllegalStateException(
          "the broker acknowledges messages of "
              + subscription
              + " by itself, so there is nothing to confirm; choose another Acknowledgement");
    }
    settle(verdict);
    try {
      Confirmation confirmation = subscription.acknowledgements().confirm(verdict, this);
      stored.settled();
      return confirmation;
    } catch (IllegalFrameException e) {
      notSettled();
      throw e;
    }
  }

  private void settle(Verdict verdict) {
    if (!markSettled(verdict.settlement())) {
      throw new IllegalStateException(
          "the message can't be "
              + (verdict == Verdict.PROCESSED ? "acknowledged" : "refused")
              + ": it was acknowledged or refused before: "
              + this);
    }
    // What the program has called processed is so, whether the broker could be told or not. Before
    // it is told, as another copy may come at once.
    if (verdict == Verdict.PROCESSED) {
      subscription.seen().add(this);
    }
  }

  private void notSettled() {
    subscription.seen().remove(this);
    unsettle();
  }

  /** Takes note that it is settled; false if it was before. */
  boolean markSettled(Settlement how) {
    return SETTLEMENT.compareAndSet(this, null, how);
  }

  /** Nothing was written, or what was written was undone: it can be settled again. */
  void unsettle() {
    settlement = null;
  }

  /** How it was settled; null if it is not. */
  @Nullable Settlement settlement() {
    return settlement;
  }

  @Override
  public String toString() {
    return frame().toString();
  }
}
