package io.stompbox.client;

import io.stompbox.client.ConnectionLostException.Sent;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.StompException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of a client: makes them again on each connection, in the order in which they
 * were first made, and acknowledges for them.
 */
final class Subscriptions {
  private static final Logger LOG = System.getLogger("io.stompbox.client");

  private final Requests requests;
  private final Bounds bounds;
  private final InboundRoom room;
  private final BodyStore bodies;
  private final Executor handlers;
  private final HandlerErrors handlerErrors;
  private final Observation observation;

  /** Makes registering and starting a connection exclude each other. */
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by lock. */
  private final Map<String, Subscription> byId = new LinkedHashMap<>();

  /** The connection that frames can be sent on; null while there is none. */
  private volatile @Nullable Epoch current;

  private final AtomicLong ids = new AtomicLong();

  private final ReceiveCounter counter = new ReceiveCounter();
  private final Routes routes = new Routes(counter, this::open);
  private final Pulls pulls = new Pulls();
  private final AwaitedReplies replies = new AwaitedReplies(late -> routes.unrouted(late.frame()));

  /**
   * Creates it without subscriptions.
   *
   * @param bodies has the bodies of messages that are in files
   * @param handlers runs what belongs to the program, and what may wait
   * @param forward sends copies of messages whose handler threw
   */
  Subscriptions(
      Requests requests,
      Bounds bounds,
      BodyStore bodies,
      Executor handlers,
      Function<Outgoing, Confirmation> forward) {
    this.requests = requests;
    this.bounds = bounds;
    this.room = new InboundRoom(bounds.allIncomingOctets());
    this.bodies = bodies;
    this.handlers = handlers;
    this.observation = requests.outbox().observation();
    this.handlerErrors = new HandlerErrors(forward, requests.timeouts().delivery(), counter);
  }

  Observation observation() {
    return observation;
  }

  InboundRoom room() {
    return room;
  }

  /** The bodies of their messages that are in files. */
  BodyStore bodies() {
    return bodies;
  }

  Bounds bounds() {
    return bounds;
  }

  /** Finds out which of them a message is for. */
  Routes routes() {
    return routes;
  }

  /** Requests that wait for what the subscription for replies brings. */
  AwaitedReplies replies() {
    return replies;
  }

  /** Pulls from those that have no handler. */
  Pulls pulls() {
    return pulls;
  }

  Receipts receipts() {
    return requests.receipts();
  }

  Executor handlers() {
    return handlers;
  }

  Duration closeLimit() {
    return requests.timeouts().close();
  }

  Duration receiptLimit() {
    return requests.timeouts().receipt();
  }

  HandlerErrors handlerErrors() {
    return handlerErrors;
  }

  Acknowledgements acknowledgements(Acknowledgement mode, BooleanSupplier isIdle) {
    AckWriter writer = new AckWriter(requests, counter, () -> current);
    return new Acknowledgements(mode, writer, bounds, isIdle);
  }

  /** The connection that frames can be sent on; null while there is none. */
  @Nullable Epoch current() {
    return current;
  }

  ReceiveCounts counts() {
    return counter.counts();
  }

  /** Subscribes, and waits until the broker has confirmed; a null recipient leaves pulling. */
  Subscription subscribe(String destination, SubscribeOptions how, @Nullable Recipient recipient) {
    checkDestination(destination);
    Subscription subscription = add(destination, how, recipient);
    try {
      Outcome outcome = awaitFirst(subscription);
      if (outcome instanceof Outcome.Confirmed) {
        return subscription;
      }
      throw Confirmation.causeOf(outcome);
    } catch (StompTimeoutException | CancellationException e) {
      // The broker may have subscribed all the same, and would keep messages for nobody.
      subscription.end();
      unsubscribe(subscription);
      throw e;
    } catch (RuntimeException e) {
      subscription.end();
      forget(subscription);
      throw e;
    }
  }

  static void checkDestination(String destination) {
    if (destination.isBlank()) {
      throw new IllegalArgumentException(
          "the destination is blank; name one such as /queue/orders");
    }
  }

  private Outcome awaitFirst(Subscription subscription) {
    Duration limit = requests.timeouts().receipt();
    try {
      return subscription.establishment().await(limit);
    } catch (TimeoutException e) {
      throw new StompTimeoutException(
          "no receipt for SUBSCRIBE to "
              + subscription.destination()
              + " within "
              + Durations.text(limit)
              + (current == null ? ", and there is no connection" : ""));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException(
          "interrupted while waiting for the receipt of SUBSCRIBE to "
              + subscription.destination());
    }
  }

  /** Registers a subscription and sends SUBSCRIBE, now or when there is a connection. */
  Subscription add(String destination, SubscribeOptions options, @Nullable Recipient recipient) {
    String chosen = options.id();
    String id = chosen == null ? "s-" + ids.incrementAndGet() : chosen;
    Subscription subscription = new Subscription(this, id, destination, options, recipient);
    lock.lock();
    try {
      // Here, as whoever refuses new frames ends the subscriptions that are registered after that.
      requests.outbox().checkAccepting();
      if (byId.containsKey(id)) {
        throw new IllegalArgumentException(
            "there is a subscription with the id '" + id + "' already: " + byId.get(id));
      }
      Epoch epoch = current;
      if (epoch != null) {
        epoch.check(SubscribeFrames.frame(subscription, epoch));
        // Before SUBSCRIBE leaves, since messages may come right after it.
        routes.put(epoch.profile().wireId(id, epoch.number()), subscription);
        Outbound subscribe = SubscribeFrames.asking(subscription, epoch, requests);
        requests.outbox().put(subscribe, requests.timeouts().space());
      }
      byId.put(id, subscription);
      subscription.offerTo(pulls);
    } finally {
      lock.unlock();
    }
    return subscription;
  }

  /** Takes what comes for a subscription that the broker makes by itself on a connection. */
  void expect(Subscription subscription, Epoch epoch) {
    lock.lock();
    try {
      if (epoch.equals(current)) {
        routes.put(subscription.id(), subscription);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Starts a connection: SUBSCRIBEs first, then what the outbox has. */
  void start(Epoch epoch) {
    lock.lock();
    try {
      byId.values().removeIf(Subscription::hasEnded);
      routes.clear();
      List<Outbound> frames = new ArrayList<>();
      byId.values().stream()
          .filter(Subscription::isOpen)
          .forEach(subscription -> addFirst(subscription, epoch, frames));
      requests.outbox().start(epoch.number(), frames);
      current = epoch;
    } finally {
      lock.unlock();
    }
  }

  /** Another broker than before may not have what a subscription asks for. */
  private void addFirst(Subscription subscription, Epoch epoch, List<Outbound> frames) {
    try {
      frames.add(SubscribeFrames.asking(subscription, epoch, requests));
      routes.put(epoch.profile().wireId(subscription.id(), epoch.number()), subscription);
    } catch (IllegalArgumentException e) {
      String message = subscription + " can't be made on this connection: " + e.getMessage();
      subscription.fail(new SubscriptionStoppedException(message, e));
      LOG.log(Level.WARNING, message);
    }
  }

  /**
   * The broker refused something and does not say what. It may have been the oldest SUBSCRIBE that
   * it has not confirmed, since brokers answer in order; it can't have been a later one.
   */
  void suspect(BrokerErrorException cause) {
    for (Subscription subscription : open()) {
      if (subscription.establishment().isUnconfirmed()) {
        subscription.establishment().suspect(cause);
        return;
      }
    }
  }

  void refused(Subscription subscription, StompException cause) {
    LOG.log(Level.WARNING, "the broker refused to make " + subscription + " again", cause);
  }

  /** The connection can't be used any more. Whoever ended it may be late: another may be here. */
  void ending(int epoch) {
    lock.lock();
    try {
      Epoch now = current;
      if (now != null && now.number() == epoch) {
        current = null;
      }
    } finally {
      lock.unlock();
    }
    room.wake();
    pulls.changed();
    for (Subscription subscription : open()) {
      subscription.wake();
    }
  }

  /** The connection is gone, and its reader has ended. */
  void ended(int epoch, StompException cause) {
    for (Subscription subscription : open()) {
      subscription.epochEnded(epoch, cause);
    }
    replies.ended(epoch);
  }

  List<Subscription> open() {
    lock.lock();
    try {
      return List.copyOf(byId.values());
    } finally {
      lock.unlock();
    }
  }

  /** A message was not handed out, since it was processed before. */
  void dropped() {
    counter.addDuplicate();
  }

  /** A subscription was ended for its options, on a thread that must not wait. */
  void stopped(Subscription subscription, SubscriptionStoppedException cause) {
    Observation.log(String.valueOf(cause.getMessage()), cause.getCause());
    leaveLater(subscription);
  }

  /** A subscription has ended, and the broker is told by a thread that may wait. */
  void leaveLater(Subscription subscription) {
    try {
      handlers.execute(subscription::leave);
    } catch (RejectedExecutionException closed) {
      // The client is closed, and so is everything that the subscription could be told of.
    }
  }

  void unsubscribe(Subscription subscription) {
    unsubscribe(
        subscription,
        (epoch, wireId) -> requests.send(epoch.commands().unsubscribe(wireId), epoch));
  }

  /**
   * Unsubscribes, and has the broker forget what it keeps for a durable subscription.
   *
   * @param removed learns what became of that
   */
  void remove(Subscription subscription, String name, Confirmation removed) {
    boolean isTold =
        unsubscribe(
            subscription,
            (epoch, wireId) -> {
              List<Frame> frames = SubscribeFrames.remove(wireId, name, epoch);
              frames.subList(0, frames.size() - 1).forEach(frame -> requests.send(frame, epoch));
              requests.ask(frames.get(frames.size() - 1), epoch, removed);
            });
    if (!isTold) {
      removed.complete(
          new Outcome.NotSent(
              new ConnectionLostException(
                  "there is no connection that knows the durable subscription " + name,
                  Sent.NOT_SENT)));
    }
  }

  /** Returns whether there is a connection that knows the subscription and could be told. */
  private boolean unsubscribe(Subscription subscription, BiConsumer<Epoch, String> tell) {
    lock.lock();
    try {
      if (subscription.hasEnded()) {
        byId.remove(subscription.id(), subscription);
      }
      Epoch epoch = current;
      if (epoch == null) {
        return false;
      }
      String wireId = epoch.profile().wireId(subscription.id(), epoch.number());
      // It is not made on a connection that came after its end, and can't be unmade there.
      boolean isKnown = routes.remove(wireId, subscription);
      if (isKnown) {
        tell.accept(epoch, wireId);
      }
      return isKnown;
    } finally {
      lock.unlock();
    }
  }

  /** A subscription has handed out its last message; the broker may have yet to be told. */
  void ended(Subscription subscription) {
    lock.lock();
    try {
      byId.remove(subscription.id(), subscription);
    } finally {
      lock.unlock();
    }
  }

  /** Forgets a subscription that the broker refused. */
  void forget(Subscription subscription) {
    lock.lock();
    try {
      byId.remove(subscription.id(), subscription);
      routes.forget(subscription);
    } finally {
      lock.unlock();
    }
  }

  /** Closes those that have not ended, as the program wants; returns how many. */
  int close(Predicate<Subscription> which) {
    List<Subscription> closing =
        open().stream().filter(known -> !known.hasEnded()).filter(which).toList();
    closing.forEach(Subscription::close);
    return closing.size();
  }

  /** Ends all subscriptions because the client has failed. */
  void fail(StompException cause) {
    for (Subscription subscription : open()) {
      subscription.fail(cause);
    }
    pulls.end(cause);
    replies.end(cause);
  }
}
