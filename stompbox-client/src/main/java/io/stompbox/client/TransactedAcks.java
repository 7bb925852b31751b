package io.stompbox.client;

import io.stompbox.client.BrokerProfile.Quirk;
import io.stompbox.protocol.frame.IllegalFrameException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Acknowledges and refuses messages in one transaction. Used by one thread at a time. */
final class TransactedAcks {
  private final String transaction;
  private final Epoch epoch;
  private final Requests requests;

  /** What was acknowledged or refused. */
  private final List<Delivery> settled = new ArrayList<>();

  /** The message that was received last and may not be acknowledged yet. */
  private @Nullable Delivery pulled;

  TransactedAcks(String transaction, Epoch epoch, Requests requests) {
    this.transaction = transaction;
    this.epoch = epoch;
    this.requests = requests;
  }

  /** A message was received, which counts as processed when the next one is asked for. */
  void pulled(Delivery delivery) {
    pulled = delivery;
  }

  /** The message that was received before counts as processed. */
  void finishPulled() {
    Delivery last = pulled;
    pulled = null;
    if (last != null) {
      processed(last);
    }
  }

  /** A message was processed: acknowledge it here if that is the client's business. */
  void processed(Delivery delivery) {
    if (acknowledgesByItself(delivery.subscription()) && delivery.settlement() == null) {
      settle(delivery, Verdict.PROCESSED);
    }
    delivery.done();
  }

  private static boolean acknowledgesByItself(Subscription subscription) {
    Acknowledgement mode = subscription.options().acknowledgement();
    return mode == Acknowledgement.AFTER_PROCESSING || mode == Acknowledgement.BATCHED;
  }

  /**
   * Checks that what is received of these subscriptions can be acknowledged here.
   *
   * @throws IllegalStateException if not
   */
  void checkReceivesFrom(List<Subscription> subscriptions) {
    for (Subscription subscription : subscriptions) {
      if (acknowledgesByItself(subscription)) {
        checkAcknowledges(subscription.options().acknowledgement());
      }
    }
  }

  /** As {@link Transaction#ack} and {@link Transaction#nack}, in a transaction that is open. */
  void settle(Delivery delivery, Verdict verdict) {
    if (verdict == Verdict.REFUSED && epoch.profile().has(Quirk.NACKS_NOT_IN_TRANSACTIONS)) {
      throw new IllegalStateException(
          epoch.profile().name()
              + " takes no NACK in a transaction. Refuse the message after the commit instead");
    }
    checkAcknowledges(delivery.subscription().options().acknowledgement());
    if (!delivery.markSettled(verdict.inTransaction())) {
      throw new IllegalStateException(
          "the message was acknowledged or refused before: " + delivery);
    }
    try {
      write(delivery, verdict);
      settled.add(delivery);
    } catch (StaleDeliveryException | IllegalFrameException e) {
      delivery.unsettle();
      throw e;
    }
  }

  private void checkAcknowledges(Acknowledgement mode) {
    if (epoch.profile().has(Quirk.ACKS_IGNORE_TRANSACTIONS)) {
      throw new IllegalStateException(
          epoch.profile().name()
              + " ignores transactions of acknowledgements: it would acknowledge or discard"
              + " at once. Do so after the commit instead");
    }
    if (mode == Acknowledgement.BATCHED) {
      throw new IllegalStateException(
          "an acknowledgement of BATCHED covers other messages too, which are not part of the"
              + " transaction; subscribe with MANUAL or AFTER_PROCESSING");
    }
    if (mode == Acknowledgement.BROKER) {
      throw new IllegalStateException(
          "the broker acknowledges by itself with BROKER; subscribe with MANUAL or"
              + " AFTER_PROCESSING");
    }
  }

  private void write(Delivery delivery, Verdict verdict) {
    Acknowledgements acknowledgements = delivery.subscription().acknowledgements();
    boolean isWritten =
        acknowledgements.tellIn(
            delivery,
            verdict,
            epoch.link(),
            frame -> requests.send(frame.with("transaction", transaction), epoch));
    if (!isWritten) {
      throw new StaleDeliveryException(
          "the message came on another connection than the transaction's, or its subscription was"
              + " closed; it will come again");
    }
  }

  /** The broker has taken them. */
  void committed() {
    settled.stream()
        .filter(message -> message.settlement() == Settlement.ACKNOWLEDGED_IN_TRANSACTION)
        .forEach(message -> message.subscription().seen().add(message));
    settled.forEach(message -> message.stored().settled());
  }

  /** The broker has undone them, or will: they can be settled again. */
  void undone() {
    settled.forEach(Delivery::unsettle);
    Delivery last = pulled;
    pulled = null;
    if (last != null) {
      last.stored().done(false);
    }
  }
}
