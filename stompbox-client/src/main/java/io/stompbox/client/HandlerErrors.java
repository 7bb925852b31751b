package io.stompbox.client;

import io.stompbox.client.ConnectionLostException.Sent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Does with messages whose handler threw what the options of their subscription say. */
final class HandlerErrors {
  private static final Logger LOG = System.getLogger("io.stompbox.client");

  private final Function<Outgoing, Confirmation> forward;
  private final Duration limit;
  private final ReceiveCounter counter;

  /**
   * Creates one.
   *
   * @param forward sends copies, at least once
   * @param limit how long to wait for the confirmation of a copy
   */
  HandlerErrors(Function<Outgoing, Confirmation> forward, Duration limit, ReceiveCounter counter) {
    this.forward = forward;
    this.limit = limit;
    this.counter = counter;
  }

  /** Runs on the thread of the handler, may wait, and throws nothing. */
  void failed(Delivery delivery, Throwable cause) {
    counter.addHandlerFailure();
    Subscription subscription = delivery.subscription();
    try {
      Observation.log("the handler of " + subscription + " failed", cause);
      if (isFatal(cause)) {
        endConnection(delivery, cause);
      } else {
        apply(subscription.options().handling().onError(), delivery, cause);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      cause.addSuppressed(e);
    } catch (RuntimeException | Error e) {
      if (e != cause) {
        cause.addSuppressed(e);
      }
    }
    endIfHeldUp(delivery, cause);
    tell(subscription, delivery, cause);
  }

  /** Otherwise no ACK would be written any more, and the broker would stop at its prefetch. */
  private static void endIfHeldUp(Delivery delivery, Throwable cause) {
    Subscription subscription = delivery.subscription();
    if (subscription.acknowledgements().areHeldUpBy(delivery)) {
      subscription.stop(
          new SubscriptionStoppedException(
              subscription
                  + " was ended: its ACKs are cumulative and can't go past a message that failed"
                  + " and was neither forwarded nor refused: "
                  + text(cause),
              cause));
    }
  }

  /** What the handler threw is the program's too, and may throw when it is asked for its text. */
  static String text(Throwable cause) {
    try {
      return cause.toString();
    } catch (Throwable unspeakable) {
      return cause.getClass().getName();
    }
  }

  /** The stack that overflowed has been unwound, so this one concerns its message only. */
  private static boolean isFatal(Throwable cause) {
    return cause instanceof VirtualMachineError && !(cause instanceof StackOverflowError);
  }

  /** What the process is still good for is not known, so another may have the messages. */
  private static void endConnection(Delivery delivery, Throwable cause) {
    Epoch epoch = delivery.subscription().acknowledgements().epochOf(delivery);
    if (epoch != null) {
      String message = "the handler of " + delivery.subscription() + " failed: " + text(cause);
      epoch.link().end(new ConnectionLostException(message, Sent.UNKNOWN, cause));
    }
  }

  private void apply(ErrorPolicy policy, Delivery delivery, Throwable cause)
      throws InterruptedException {
    if (policy instanceof ErrorPolicy.Nack) {
      refuse(delivery);
    } else if (policy instanceof ErrorPolicy.Forward forwarding) {
      forward(delivery, forwarding.destination(), cause);
    } else if (policy instanceof ErrorPolicy.Stop) {
      Subscription subscription = delivery.subscription();
      subscription.stop(
          new SubscriptionStoppedException(
              subscription + " was ended: its handler failed: " + text(cause), cause));
    }
  }

  private static void refuse(Delivery delivery) {
    Acknowledgements acknowledgements = delivery.subscription().acknowledgements();
    if (delivery.subscription().options().acknowledgement() != Acknowledgement.MANUAL
        && acknowledgements.canRefuse(delivery)
        && delivery.markSettled(Settlement.REFUSED)) {
      acknowledgements.tell(Verdict.REFUSED, delivery, List.of());
    }
  }

  /** A message that comes again anyway, and may be processed then, needs no copy. */
  private void forward(Delivery delivery, String destination, Throwable cause)
      throws InterruptedException {
    Acknowledgements acknowledgements = delivery.subscription().acknowledgements();
    if (acknowledgements.isStale(delivery) || !delivery.markSettled(Settlement.ACKNOWLEDGED)) {
      return;
    }
    try {
      forward.apply(Copies.failed(delivery, destination, cause)).await(limit);
      delivery.subscription().seen().add(delivery);
      acknowledgements.tell(Verdict.PROCESSED, delivery, List.of());
      delivery.stored().settled();
    } catch (RuntimeException | Error | InterruptedException e) {
      LOG.log(Level.WARNING, "a failed message was not forwarded to " + destination, e);
      delivery.unsettle();
      throw e;
    }
  }

  private static void tell(Subscription subscription, Delivery delivery, Throwable cause) {
    try {
      subscription.options().handling().listener().onError(subscription, delivery, cause);
    } catch (Throwable e) {
      LOG.log(Level.WARNING, "the error listener of " + subscription + " failed", e);
    }
  }
}
