package io.stompbox.client;

import io.stompbox.protocol.frame.StompException;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Pulls messages of one subscription that has no handler. Meant for one thread at a time; of
 * several that pull at once each gets messages of its own, and none is forgotten.
 */
final class Puller {
  private final Subscription subscription;
  private final BoundedQueue<Delivery> queue;
  private final Pulls all;

  /**
   * What was pulled and may not be acknowledged yet: the last message, or several where threads
   * pulled at once. Each is taken out once.
   */
  private final Queue<Delivery> unfinished = new ConcurrentLinkedQueue<>();

  /** Whether the subscription is closed, so that nobody asks for a next message. */
  private volatile boolean isClosed;

  /**
   * Creates one.
   *
   * @param all where it can be pulled from among others
   */
  Puller(Subscription subscription, BoundedQueue<Delivery> queue, Pulls all) {
    this.subscription = subscription;
    this.queue = queue;
    this.all = all;
  }

  Subscription subscription() {
    return subscription;
  }

  /** As {@link Subscription#receive}. */
  Optional<Delivery> receive(Duration limit) throws InterruptedException {
    finish();
    long deadline = System.nanoTime() + Durations.nanos(limit);
    Delivery next = queue.poll(Durations.nanos(limit));
    while (next != null && subscription.dropIfSeen(next)) {
      next = queue.poll(deadline - System.nanoTime());
    }
    if (next == null) {
      throwFailure();
    }
    if (next == null && isOver()) {
      all.remove(this);
    }
    Delivery given = given(next);
    if (given != null) {
      pulled(given);
    }
    return Optional.ofNullable(given);
  }

  /** Waits for the next message; null when the subscription was closed. */
  @Nullable Delivery await() throws InterruptedException {
    Optional<Delivery> next = Optional.empty();
    while (next.isEmpty() && !isOver()) {
      next = receive(Duration.ofDays(1));
    }
    if (next.isEmpty()) {
      throwFailure();
      finishBrowsing();
    }
    return next.orElse(null);
  }

  /** The last of what was browsed counts as processed, too; not so where the program closes. */
  private void finishBrowsing() {
    if (!subscription.hasEnded()) {
      finish();
    }
  }

  /** Throws what ended the subscription against the program's will, which is told then. */
  void throwFailure() {
    Optional<StompException> cause = subscription.failure();
    if (cause.isPresent()) {
      all.remove(this);
      throw cause.get();
    }
  }

  /** Whether no message will be pulled any more. */
  boolean isOver() {
    return !subscription.isOpen() && queue.size() == 0;
  }

  /** The message that would be pulled next; null if there is none now. */
  @Nullable Delivery head() {
    return queue.peek();
  }

  /**
   * Takes a message that is the next, and leaves it to the caller to acknowledge it; null if
   * somebody else has taken it, or it was processed before.
   */
  @Nullable Delivery take(Delivery head) {
    Delivery taken = queue.poll(head::equals);
    return taken == null || subscription.dropIfSeen(taken) ? null : given(taken);
  }

  /** Lets listeners see the message that the program is about to get, if there is one. */
  private @Nullable Delivery given(@Nullable Delivery next) {
    if (next != null) {
      next.stored().given();
      subscription.delivering(next);
    }
    return next;
  }

  /** A message was pulled, which counts as processed when the next one is asked for. */
  void pulled(Delivery delivery) {
    unfinished.add(delivery);
    if (isClosed) {
      closed();
    }
  }

  /** The subscription is closed: nobody asks for a next one, which would delete the last body. */
  void closed() {
    isClosed = true;
    unfinished.forEach(Delivery::deleteBody);
  }

  /** What was pulled before counts as processed. */
  void finish() {
    Delivery last = unfinished.poll();
    while (last != null) {
      subscription.processed(last);
      last = unfinished.poll();
    }
  }
}
