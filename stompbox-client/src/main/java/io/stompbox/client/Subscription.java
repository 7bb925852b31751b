package io.stompbox.client;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.StompException;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One subscription of a {@link StompClient}. It outlives physical connections: after a loss it is
 * made again, and messages that were not acknowledged come again.
 *
 * <p>Messages are either pushed to its handler, one at a time, or pulled with {@link
 * #receive(Duration)} or by iterating. Pull from one thread at a time; everything else is safe to
 * share.
 */
public final class Subscription implements AutoCloseable, Iterable<Delivery> {
  /** How many processed messages one ACK covers at most with {@link Acknowledgement#BATCHED}. */
  private static final int BATCH = 50;

  /** An ERROR that names nothing may mean anything once, such as a broker that stops. */
  private static final int SUSPICIONS = 2;

  private final Subscriptions owner;
  private final String id;
  private final String destination;
  private final SubscribeOptions options;
  private final DeliveryQueue queue;
  private final @Nullable HandlerLoop handlerLoop;
  private final AtomicLong sequence = new AtomicLong();

  /** Orders cumulative acknowledgements. Never held while other code runs. */
  private final ReentrantLock ackLock = new ReentrantLock();

  /** The last message that an ACK covers. Guarded by ackLock. */
  private long covered;

  /** The last message of a batch that was processed without a fault. Guarded by ackLock. */
  private @Nullable Delivery lastProcessed;

  /** The message that was pulled last and may not be acknowledged yet. Touched by the puller. */
  private @Nullable Delivery pulled;

  /** How often in a row an ERROR that named nothing may have meant its SUBSCRIBE. */
  private final AtomicInteger suspicions = new AtomicInteger();

  /** Whether the broker has yet to confirm SUBSCRIBE on the current connection. */
  private volatile boolean isUnconfirmed;

  /** Done once the broker has confirmed the first SUBSCRIBE, or refused it. */
  private final CompletableFuture<Outcome> ready = new CompletableFuture<>();

  private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

  /** What ended it against the program's will; null otherwise. */
  private volatile @Nullable StompException failure;

  private enum State {
    /** Messages come. */
    OPEN,
    /** The program has closed it, or its client; a handler that still runs may acknowledge. */
    CLOSED,
    /** UNSUBSCRIBE was sent: brokers take an acknowledgement after it for a fault. */
    UNSUBSCRIBED,
    /** The broker refused it, or the client has given up. */
    FAILED
  }

  Subscription(
      Subscriptions owner,
      String id,
      String destination,
      SubscribeOptions options,
      @Nullable MessageHandler handler) {
    this.owner = owner;
    this.id = id;
    this.destination = destination;
    this.options = options;
    this.queue = new DeliveryQueue(owner.bounds());
    this.handlerLoop =
        handler == null ? null : new HandlerLoop(this, queue, handler, owner.handlers());
  }

  /** The id, the same on all connections. */
  public String id() {
    return id;
  }

  /** The destination. */
  public String destination() {
    return destination;
  }

  /** How it was subscribed. */
  public SubscribeOptions options() {
    return options;
  }

  /** Whether messages can still come. */
  public boolean isOpen() {
    return state.get() == State.OPEN;
  }

  /**
   * Waits for the next message. With an acknowledgement after processing, asking for the next one
   * acknowledges the one before.
   *
   * @return the message; empty if none came within {@code limit} or the subscription was closed
   * @throws StompException what ended the subscription, if the broker did
   * @throws IllegalStateException if the subscription has a handler
   * @throws InterruptedException if the thread is interrupted; no message is lost
   */
  public Optional<Delivery> receive(Duration limit) throws InterruptedException {
    if (handlerLoop != null) {
      throw new IllegalStateException(
          "the subscription to " + destination + " has a handler, which gets its messages");
    }
    finishPulled();
    Delivery next = queue.poll(limit.toNanos());
    StompException cause = failure;
    if (next == null && cause != null) {
      throw cause;
    }
    pulled = next;
    return Optional.ofNullable(next);
  }

  private void finishPulled() {
    Delivery last = pulled;
    pulled = null;
    if (last != null) {
      processed(last);
    }
  }

  /**
   * Returns messages as they come. {@code hasNext} waits until there is one or the subscription is
   * closed; interrupting the thread ends it with {@link CancellationException}.
   */
  @Override
  public Iterator<Delivery> iterator() {
    return new Messages();
  }

  /** A message was processed without a fault: acknowledge it if that is the client's business. */
  void processed(Delivery delivery) {
    if (options.acknowledgement() == Acknowledgement.AFTER_PROCESSING
        || (options.acknowledgement() == Acknowledgement.BATCHED && isBatchFull(delivery))) {
      delivery.ackUnlessSettled();
    }
  }

  /** A batch ends early when nothing else waits, since the broker may wait for the ACK. */
  private boolean isBatchFull(Delivery delivery) {
    ackLock.lock();
    try {
      lastProcessed = delivery;
      return delivery.sequence() - covered >= BATCH || queue.isEmpty();
    } finally {
      ackLock.unlock();
    }
  }

  /** Processing a message threw: refuse it if that is the client's business and possible. */
  void failed(Delivery delivery, Throwable cause) {
    if (options.acknowledgement().isAfterProcessing()
        && owner.canNack()
        && delivery.markSettled()) {
      try {
        nack(delivery);
      } catch (IllegalArgumentException e) {
        // The broker left out what NACK needs, which must not hide the cause.
        cause.addSuppressed(e);
      }
    }
    owner.handlerFailed(delivery, cause);
  }

  AckResult ack(Delivery delivery) {
    if (options.acknowledgement() == Acknowledgement.BROKER) {
      return AckResult.NOT_NEEDED;
    }
    ackLock.lock();
    try {
      if (state.get() == State.UNSUBSCRIBED) {
        return owner.stale();
      }
      if (options.acknowledgement() != Acknowledgement.BATCHED || !owner.isCurrent(delivery)) {
        return owner.acknowledge(delivery);
      }
      return delivery.sequence() <= covered ? AckResult.COVERED : ackUpTo(delivery);
    } finally {
      ackLock.unlock();
    }
  }

  private AckResult ackUpTo(Delivery delivery) {
    covered = delivery.sequence();
    return owner.acknowledge(delivery);
  }

  AckResult nack(Delivery delivery) {
    if (options.acknowledgement() == Acknowledgement.BROKER) {
      return AckResult.NOT_NEEDED;
    }
    ackLock.lock();
    try {
      if (state.get() == State.UNSUBSCRIBED) {
        return owner.stale();
      }
      if (options.acknowledgement() == Acknowledgement.BATCHED) {
        ackProcessed();
        covered = Math.max(covered, delivery.sequence());
      }
      return owner.refuse(delivery);
    } finally {
      ackLock.unlock();
    }
  }

  /** RabbitMQ and Artemis refuse earlier messages of the batch too, so those are covered first. */
  private void ackProcessed() {
    Delivery last = lastProcessed;
    if (last != null && last.sequence() > covered) {
      ackUpTo(last);
    }
  }

  CompletableFuture<Outcome> ready() {
    return ready;
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
      ready.complete(outcome);
    }
  }

  /** The broker said no, or its version of the protocol can't carry the headers. */
  private static boolean isRefusal(Outcome outcome) {
    return outcome instanceof Outcome.Rejected
        || (outcome instanceof Outcome.NotSent notSent
            && notSent.cause().getCause() instanceof IllegalFrameException);
  }

  private void refused(Outcome outcome) {
    if (!ready.complete(outcome)) {
      StompException cause = Confirmation.causeOf(outcome);
      owner.refused(this, cause);
      fail(cause);
    }
  }

  /** Takes a message from the reader of {@code link}; waits while there is no room. */
  void deliver(Link link, Frame frame) {
    Delivery delivery = new Delivery(this, frame, link.epoch(), sequence.incrementAndGet());
    while (!queue.offer(delivery)) {
      link.pauseReading();
      queue.awaitRoom(delivery, link::hasEnded);
      link.resumeReading();
      if (link.hasEnded()) {
        return;
      }
    }
    if (handlerLoop != null) {
      handlerLoop.wake();
    }
  }

  /** Lets a reader that waits for room see that its link has ended. */
  void wake() {
    queue.wake();
  }

  /** Messages that a lost connection brought and nobody has seen can't be acknowledged any more. */
  void epochEnded(int epoch) {
    if (options.acknowledgement() != Acknowledgement.BROKER) {
      queue.dropEpoch(epoch);
    }
  }

  /** Ends it because the broker or the client did; what waits is dropped. */
  void fail(StompException cause) {
    failure = cause;
    end(State.FAILED);
    ready.complete(new Outcome.NotSent(cause));
  }

  /** Ends it without telling the broker. */
  void end() {
    end(State.CLOSED);
    ready.complete(new Outcome.NotSent(Reconnector.closed()));
  }

  /** Tells whether this call was what ended it. */
  private boolean end(State next) {
    boolean ended = state.compareAndSet(State.OPEN, next);
    queue.close();
    return ended;
  }

  /** Takes note that this thread waits for the client to close, in case it is in the handler. */
  void closing() {
    if (handlerLoop != null) {
      handlerLoop.closing();
    }
  }

  /** Waits until no handler of this subscription runs; false if one still does at the deadline. */
  boolean awaitQuiet(long deadline) {
    return handlerLoop == null || handlerLoop.awaitQuiet(deadline);
  }

  /**
   * Unsubscribes, after a handler that runs now has finished; a handler may close its own
   * subscription. Messages that wait are not handed out any more and stay with the broker, and so
   * does the one that was pulled last unless it was acknowledged: closing may mean that processing
   * it failed. RabbitMQ gives them out again only when the connection ends. Does nothing the second
   * time.
   */
  @Override
  public void close() {
    if (!end(State.CLOSED)) {
      return;
    }
    awaitQuiet(System.nanoTime() + owner.closeLimit().toNanos());
    ackLock.lock();
    try {
      state.set(State.UNSUBSCRIBED);
      owner.unsubscribe(this);
    } finally {
      ackLock.unlock();
    }
  }

  @Override
  public String toString() {
    return "subscription " + id + " to " + destination + " (" + state.get() + ")";
  }

  private final class Messages implements Iterator<Delivery> {
    private @Nullable Delivery next;

    @Override
    public boolean hasNext() {
      try {
        while (next == null && isOpen()) {
          next = receive(Duration.ofDays(1)).orElse(null);
        }
        StompException cause = failure;
        if (next == null && cause != null) {
          throw cause;
        }
        return next != null;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted while waiting for a message; none is lost");
      }
    }

    @Override
    public Delivery next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the subscription to " + destination + " is closed");
      }
      Delivery delivery = next;
      next = null;
      if (delivery == null) {
        throw new AssertionError("hasNext was true without a message");
      }
      return delivery;
    }
  }
}
