package io.stompbox.cli.message;

import io.stompbox.client.Confirmation;
import io.stompbox.client.Delivery;
import io.stompbox.client.Outcome;
import io.stompbox.client.StompClient;
import io.stompbox.client.StompTimeoutException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The target confirms each message, while others are on their way. */
final class ConfirmedForwards implements Forwarding {
  private static final long TURN_MILLIS = 100;

  private final StompClient target;
  private final String destination;
  private final PipeTally tally;
  private final int size;
  private final Semaphore window;

  /** Those whose fate is not known and that have to be sent again; they stay in the window. */
  private final Queue<Delivery> again = new ConcurrentLinkedQueue<>();

  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

  /**
   * Creates it.
   *
   * @param size how many messages may be on their way
   */
  ConfirmedForwards(StompClient target, String destination, PipeTally tally, int size) {
    this.target = target;
    this.destination = destination;
    this.tally = tally;
    this.size = size;
    this.window = new Semaphore(size);
  }

  @Override
  public void forward(Delivery message) throws InterruptedException {
    while (!window.tryAcquire(TURN_MILLIS, TimeUnit.MILLISECONDS)) {
      idle();
    }
    send(message);
  }

  private void send(Delivery message) {
    Confirmation confirmation;
    try {
      confirmation = target.sendConfirmed(message.forwardTo(destination));
    } catch (StompTimeoutException noRoom) {
      again.add(message);
      return;
    }
    tally.forwarded();
    var unused = confirmation.stage().thenAccept(outcome -> ended(message, outcome));
  }

  /** Runs on a thread of the target's client. */
  private void ended(Delivery message, Outcome outcome) {
    if (outcome instanceof Outcome.Confirmed) {
      acknowledge(message);
    } else if (outcome instanceof Outcome.Rejected rejected) {
      failure.compareAndSet(null, rejected.cause());
      window.release();
    } else {
      again.add(message);
    }
  }

  private void acknowledge(Delivery message) {
    tally.confirmed();
    try {
      tally.settled(Settling.settle(message::ack, SENT_ON));
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
    } finally {
      window.release();
    }
  }

  @Override
  public void idle() {
    RuntimeException thrown = failure.get();
    if (thrown != null) {
      throw thrown;
    }
    // Those that fail at once wait for the next turn.
    for (int left = again.size(); left > 0; left--) {
      Delivery message = again.poll();
      if (message != null) {
        send(message);
      }
    }
  }

  @Override
  public boolean drain(Duration limit) throws InterruptedException {
    long start = System.nanoTime();
    boolean isDrained = false;
    while (!isDrained && System.nanoTime() - start < limit.toNanos()) {
      isDrained = window.tryAcquire(size, TURN_MILLIS, TimeUnit.MILLISECONDS);
      idle();
    }
    return isDrained;
  }
}
