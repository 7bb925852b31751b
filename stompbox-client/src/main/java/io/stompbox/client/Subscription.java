package io.stompbox.client;

import io.stompbox.client.SubscriptionStanding.State;
import io.stompbox.protocol.frame.StompException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One subscription of a {@link StompClient}. It outlives physical connections: after a loss it is
 * made again, and messages that were not acknowledged come again.
 *
 * <p>Messages are either pushed to its handler, by default one at a time, or pulled with {@link
 * #receive(Duration)} or by iterating. Pull from one thread at a time; everything else is safe to
 * share.
 */
public final class Subscription implements AutoCloseable, Iterable<Delivery> {
  private final Subscriptions owner;
  private final String id;
  private final String destination;
  private final SubscribeOptions options;
  private final BoundedQueue<Delivery> queue;
  private final Acknowledgements acknowledgements;
  private final Establishment establishment = new Establishment(this::end, this::refused);
  private final @Nullable Recipient recipient;
  private final @Nullable Dispatcher dispatcher;
  private final SeenIds seen;

  /** Null unless it browses. */
  private final @Nullable BrowseEnd browsing;

  /** Null if it has a handler. */
  private final @Nullable Puller puller;

  private final SubscriptionStanding standing = new SubscriptionStanding();
  private final Intake intake;

  Subscription(
      Subscriptions owner,
      String id,
      String destination,
      SubscribeOptions options,
      @Nullable Recipient recipient) {
    this.owner = owner;
    this.id = id;
    this.destination = destination;
    this.options = options;
    this.queue =
        new BoundedQueue<>(
            owner.bounds(), owner.room(), delivery -> delivery.original().body().size());
    this.acknowledgements = owner.acknowledgements(options.acknowledgement(), this::isIdle);
    this.seen = new SeenIds(options.duplicates());
    this.recipient = recipient;
    boolean isBrowsing = options.reading().access() == Reading.Access.BROWSE;
    this.browsing = isBrowsing ? new BrowseEnd(this::browsedAll) : null;
    this.dispatcher = recipient == null ? null : dispatcher(recipient);
    this.puller = recipient == null ? new Puller(this, queue, owner.pulls()) : null;
    this.intake = new Intake(this, queue, owner, browsing, puller);
    if (recipient == null && options.handling().isInParallel()) {
      throw new IllegalArgumentException(
          "concurrency and orderedBy are for handlers, but messages of "
              + destination
              + " are pulled; subscribe with a handler");
    }
  }

  private Dispatcher dispatcher(Recipient to) {
    NextDelivery next =
        new NextDelivery(queue, acknowledgements, options.handling().order(), to.demand());
    return new Dispatcher(
        this, next, new ObservedRecipient(to, owner.observation()), owner.handlers());
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
    return standing.isOpen();
  }

  /** What ended it against the program's will; empty while it is open and after {@link #close}. */
  public Optional<StompException> failure() {
    return Optional.ofNullable(standing.failure());
  }

  /**
   * Waits for the next message. With an acknowledgement after processing, asking for the next one
   * acknowledges the one before.
   *
   * @return the message; empty if none came within {@code limit} or the subscription was closed
   * @throws StompException what ended the subscription, if the broker did or its options
   * @throws IllegalStateException if the subscription has a handler
   * @throws InterruptedException if the thread is interrupted; no message is lost
   */
  public Optional<Delivery> receive(Duration limit) throws InterruptedException {
    return puller().receive(limit);
  }

  private Puller puller() {
    if (puller == null) {
      throw new IllegalStateException(
          "the subscription to " + destination + " has a handler, which gets its messages");
    }
    return puller;
  }

  /** Lets its messages be pulled among those of others, if it has no handler. */
  void offerTo(Pulls all) {
    if (puller != null) {
      all.add(puller);
    }
  }

  /**
   * Returns messages as they come. {@code hasNext} waits until there is one or the subscription is
   * closed; interrupting the thread ends it with {@link CancellationException}.
   */
  @Override
  public Iterator<Delivery> iterator() {
    return new Coming<>("messages of " + this, puller()::await);
  }

  /**
   * Gives no message to the handler, or to {@link #receive}, until {@link #resume()}; handlers that
   * run finish. The subscription stays with the broker, which goes on sending until its prefetch is
   * used up, or without one until the queue is full: then {@link WhenFull} decides. What has come
   * waits unacknowledged, also over a loss of the connection. Does nothing the second time.
   */
  public void pause() {
    queue.pause();
    acknowledgements.flush();
  }

  /** Ends a {@link #pause()}; does nothing without one. */
  public void resume() {
    queue.resume();
    wakeReceiver();
  }

  /** A message was processed without a fault: acknowledge it if that is the client's business. */
  void processed(Delivery delivery) {
    // First, as another copy may come as soon as the broker is told.
    if (acknowledgements.isProcessedByReturning(delivery)) {
      seen.add(delivery);
    }
    acknowledgements.processed(delivery);
    delivery.done();
    doneBrowsing();
  }

  private void doneBrowsing() {
    if (browsing != null) {
      browsing.done();
    }
  }

  /** Whether no more messages are handed out. */
  boolean hasEnded() {
    return standing.hasEnded();
  }

  /** All that was browsed is processed. */
  private void browsedAll() {
    if (standing.become(State.CLOSED, null)) {
      owner.ended(this);
      if (recipient != null) {
        recipient.ended(null);
      }
    }
  }

  /** Acknowledges a copy of a message that was processed before; false if it is none. */
  boolean dropIfSeen(Delivery delivery) {
    boolean isCopy = seen.has(delivery);
    if (isCopy) {
      owner.dropped();
      acknowledgements.dropped(delivery);
      delivery.deleteBody();
      doneBrowsing();
    }
    return isCopy;
  }

  /** Whether no message is handed out for now, so that the broker may wait for an ACK. */
  private boolean isIdle() {
    return queue.isIdle() || (recipient != null && recipient.demand().isUsedUp());
  }

  SeenIds seen() {
    return seen;
  }

  /** Lets listeners see a message that the program is about to get. */
  void delivering(Delivery delivery) {
    owner.observation().delivering(delivery);
  }

  /** Processing a message threw. */
  void failed(Delivery delivery, Throwable cause) {
    owner.handlerErrors().failed(delivery, cause);
    delivery.done();
    doneBrowsing();
  }

  Acknowledgements acknowledgements() {
    return acknowledgements;
  }

  Establishment establishment() {
    return establishment;
  }

  private void refused(StompException cause) {
    owner.refused(this, cause);
    fail(cause);
  }

  /** Where the reader of a link puts what it brings. */
  Intake intake() {
    return intake;
  }

  /** The broker has shown all there is; what waits can still be taken. */
  void browsed(BrowseEnd end) {
    if (standing.become(State.SHOWN, null)) {
      queue.show();
      queue.end();
      wakeReceiver();
      end.done();
      owner.leaveLater(this);
    }
  }

  /** Lets whoever handles messages find what the reader has brought, without being woken for it. */
  void show() {
    queue.show();
  }

  /** The reader has brought messages, and goes on with something else. */
  void arrived() {
    queue.show();
    wakeReceiver();
  }

  /** Makes sure that messages are handed out that somebody wants. */
  void wakeReceiver() {
    if (dispatcher != null) {
      dispatcher.wake();
    } else {
      queue.wake();
      if (puller != null) {
        owner.pulls().changed(puller);
      }
    }
  }

  /** Lets a reader that waits for room see that its link has ended. */
  void wake() {
    queue.wake();
  }

  /** Messages that a lost connection brought and nobody has seen can't be acknowledged any more. */
  void epochEnded(int epoch, StompException cause) {
    if (standing.state() == State.SHOWN) {
      return;
    }
    if (browsing != null) {
      stop(
          new SubscriptionStoppedException(
              this + " was not at its end when the connection was", cause));
    }
    if (options.acknowledgement() != Acknowledgement.BROKER) {
      remove(delivery -> delivery.epoch() <= epoch);
      acknowledgements.forgetAll();
    }
  }

  private void remove(Predicate<Delivery> which) {
    queue.removeIf(which).forEach(Delivery::deleteBody);
  }

  /** Ends it because its options say so; never waits. */
  void stop(SubscriptionStoppedException cause) {
    if (fail(cause)) {
      owner.stopped(this, cause);
    }
  }

  /**
   * Ends it because the broker or the client did; what waits is dropped. Tells whether this call
   * was what ended it.
   */
  boolean fail(StompException cause) {
    boolean ended = end(State.FAILED, cause);
    establishment.ended(cause);
    return ended;
  }

  /** Ends it without telling the broker. */
  void end() {
    end(State.CLOSED, null);
    establishment.ended(Reconnector.closed());
  }

  private boolean end(State next, @Nullable StompException cause) {
    boolean ended = standing.become(next, cause);
    queue.end();
    remove(waiting -> true);
    if (puller != null) {
      if (next == State.CLOSED) {
        owner.pulls().remove(puller);
      } else if (ended) {
        owner.pulls().failed(puller);
      }
    }
    if (ended && recipient != null) {
      recipient.ended(cause);
    }
    return ended;
  }

  /** Takes note that this thread waits for the client to close, in case it is in the handler. */
  void closing() {
    if (dispatcher != null) {
      dispatcher.closing();
    }
  }

  /**
   * Waits until no handler of this subscription runs and acknowledges what they have processed;
   * false if one still does at the deadline.
   */
  boolean awaitQuiet(long deadline) {
    boolean isQuiet = dispatcher == null || dispatcher.awaitQuiet(deadline);
    acknowledgements.flush();
    return isQuiet;
  }

  /**
   * Unsubscribes, after handlers that run now have finished; a handler may close its own
   * subscription. Messages that wait are not handed out any more and stay with the broker, and so
   * does the one that was pulled last unless it was acknowledged: closing may mean that processing
   * it failed. RabbitMQ gives them out again only when the connection ends. Does nothing the second
   * time.
   */
  @Override
  public void close() {
    if (end(State.CLOSED, null)) {
      leave();
    }
  }

  /**
   * As {@link #close()}, and has the broker forget a durable subscription with all that it keeps
   * for it. Waits for the broker's word.
   *
   * @throws IllegalStateException if it is not durable by {@link SubscribeOptions#durable}, or not
   *     open: subscribe with the same name again to remove it
   * @throws ConnectionLostException if there is no connection, or it is lost before the answer: the
   *     durable subscription may still be there
   * @throws BrokerErrorException if the broker refuses
   * @throws StompTimeoutException if it does not answer in time
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public void remove() throws InterruptedException {
    String name = options.reading().durableName();
    if (name == null || !end(State.CLOSED, null)) {
      throw new IllegalStateException(
          this + (name == null ? " is not durable; close() ends it" : " can't be removed"));
    }
    Confirmation removed = owner.receipts().confirmation("UNSUBSCRIBE of " + this);
    leave(() -> owner.remove(this, name, removed));
    removed.await(owner.receiptLimit());
  }

  /** Waits for handlers that run, then tells the broker that it has ended. */
  void leave() {
    leave(() -> owner.unsubscribe(this));
  }

  private void leave(Runnable unsubscribe) {
    awaitQuiet(System.nanoTime() + owner.closeLimit().toNanos());
    acknowledgements.close(unsubscribe);
    owner.bodies().unsubscribed(this);
    // What was browsed can still be pulled.
    if (puller != null && hasEnded()) {
      puller.closed();
    }
  }

  @Override
  public String toString() {
    return "subscription " + id + " to " + destination + " (" + standing.state() + ")";
  }
}
