package io.stompbox.client;

import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.StompException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** What becomes of the SUBSCRIBEs of one subscription, of which there is one on each connection. */
final class Establishment {
  /** An ERROR that names nothing may mean anything once, such as a broker that stops. */
  private static final int SUSPICIONS = 2;

  /** Ends what the broker would not make, before it is tried on another connection. */
  private final Runnable never;

  /** Hears why the broker won't make again what it had made before. */
  private final Consumer<StompException> refused;

  /** How often in a row an ERROR that named nothing may have meant a SUBSCRIBE. */
  private final AtomicInteger suspicions = new AtomicInteger();

  /** Whether the broker has yet to confirm SUBSCRIBE on the current connection. */
  private volatile boolean isUnconfirmed;

  /** Done once the broker has confirmed the first SUBSCRIBE, or refused it. */
  private final CompletableFuture<Outcome> ready = new CompletableFuture<>();

  Establishment(Runnable never, Consumer<StompException> refused) {
    this.never = never;
    this.refused = refused;
  }

  /** Waits until the broker has confirmed the first SUBSCRIBE, or refused it. */
  Outcome await(Duration limit) throws InterruptedException, TimeoutException {
    try {
      return ready.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("never completes with an exception", e);
    }
  }

  /** A SUBSCRIBE is about to be sent. */
  void subscribing() {
    isUnconfirmed = true;
  }

  boolean isUnconfirmed() {
    return isUnconfirmed;
  }

  /** An ERROR may have meant its SUBSCRIBE. */
  void suspect(BrokerErrorException cause) {
    if (suspicions.incrementAndGet() >= SUSPICIONS) {
      refused(new Outcome.Rejected(cause));
    }
  }

  /**
   * Learns what became of a SUBSCRIBE. One that was lost with its connection is sent again on the
   * next, unless the program still waits and the broker has complained: then it may decide.
   */
  void settled(Outcome outcome) {
    if (outcome instanceof Outcome.Confirmed) {
      isUnconfirmed = false;
      suspicions.set(0);
      ready.complete(outcome);
    } else if (isRefusal(outcome)) {
      refused(outcome);
    } else if (outcome instanceof Outcome.Unknown unknown
        && unknown.cause() instanceof BrokerErrorException) {
      failFirst(outcome);
    }
  }

  /** The broker said no, or its version of the protocol can't carry the headers. */
  private static boolean isRefusal(Outcome outcome) {
    return outcome instanceof Outcome.Rejected
        || (outcome instanceof Outcome.NotSent notSent
            && notSent.cause().getCause() instanceof IllegalFrameException);
  }

  private void refused(Outcome outcome) {
    if (!failFirst(outcome)) {
      refused.accept(Confirmation.causeOf(outcome));
    }
  }

  /** Whoever waits may be slow, and the broker would have a subscription that nobody knows of. */
  private boolean failFirst(Outcome outcome) {
    boolean isFirst = ready.complete(outcome);
    if (isFirst) {
      never.run();
    }
    return isFirst;
  }

  /** It will never be made. */
  void ended(StompException cause) {
    ready.complete(new Outcome.NotSent(cause));
  }
}
