package io.stompbox.cli.bench;

import io.stompbox.client.Acknowledgement;
import io.stompbox.client.Delivery;
import io.stompbox.client.Subscription;
import io.stompbox.protocol.frame.StompException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Receives messages until there are enough, the time is over, or no more come. */
final class MessageConsumer implements Work {
  /** How soon it sees that the others are done. */
  private static final Duration GLANCE = Duration.ofMillis(50);

  private final BenchState state;
  private final Subscription subscription;
  private final int index;
  private final Acknowledgement acknowledgement;
  private final LongSupplier connectionChanged;

  /** In nanoTime. */
  private long idleSince;

  private @Nullable Delivery last;

  /**
   * Creates one.
   *
   * @param connectionChanged in nanoTime, when a connection was lost or made last
   */
  MessageConsumer(
      BenchState state, Subscription subscription, int index, LongSupplier connectionChanged) {
    this.connectionChanged = connectionChanged;
    this.state = state;
    this.subscription = subscription;
    this.index = index;
    this.acknowledgement = state.plan().consuming().acknowledgement();
  }

  @Override
  public void run() throws InterruptedException {
    idleSince = System.nanoTime();
    try {
      while (!isDone()) {
        Optional<Delivery> next = subscription.receive(GLANCE);
        // Asking for more has acknowledged the one before.
        last = null;
        if (next.isPresent()) {
          take(next.get());
        }
      }
      if (last != null && acknowledgement == Acknowledgement.BATCHED) {
        last.ack();
      }
    } catch (StompException e) {
      state.ended(e);
    }
  }

  private boolean isDone() {
    long now = System.nanoTime();
    if (state.plan().kind() == BenchKind.LISTEN) {
      return isIdle(now) || state.isHalted() || state.timeline().isOver(now) || hasEnough();
    }
    if (!state.arrivals().isComplete()) {
      // Before all was sent nobody has waited in vain.
      idleSince = now;
      return false;
    }
    return isIdle(now) || state.arrivals().missing() == 0;
  }

  /** A connection that has just come back has a broker behind it that may still give out. */
  private boolean isIdle(long now) {
    long patience = state.plan().consuming().patience().toNanos();
    return now - idleSince >= patience && now - connectionChanged.getAsLong() >= patience;
  }

  private boolean hasEnough() {
    Long count = state.plan().extent().count();
    return count != null && state.meter().tally().get(Count.RECEIVED) >= count;
  }

  private void take(Delivery delivery) {
    idleSince = System.nanoTime();
    if (state.plan().kind() == BenchKind.LISTEN) {
      state.meter().received(delivery.bodyLength(), idleSince);
    } else {
      arrived(delivery);
    }
    if (acknowledgement == Acknowledgement.AFTER_PROCESSING) {
      delivery.ack();
    }
    last = delivery;
  }

  /** What other programs have left in the queue is taken, but does not count. */
  private void arrived(Delivery delivery) {
    Optional<Stamp> stamp =
        Stamp.of(delivery.headers()).filter(found -> found.run().equals(state.run()));
    if (stamp.isEmpty()) {
      return;
    }
    if (state.arrivals().add(index, stamp.get())) {
      state.meter().done(Count.RECEIVED, state.timeline().start() + stamp.get().due());
    } else {
      state.meter().add(Count.DUPLICATES);
    }
  }
}
