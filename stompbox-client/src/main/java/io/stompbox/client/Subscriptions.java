package io.stompbox.client;

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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of a client: makes them again on each connection, in the order in which they
 * were first made, routes messages to them, and acknowledges for them.
 */
final class Subscriptions {
  private static final Logger LOG = System.getLogger("io.stompbox.client");

  private final Requests requests;
  private final Bounds bounds;
  private final InboundRoom room;
  private final Executor handlers;
  private final HandlerErrors handlerErrors;
  private final Observation observation;

  /** Makes registering and starting a connection exclude each other. */
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by lock. */
  private final Map<String, Subscription> byId = new LinkedHashMap<>();

  /** By the id that the current connection knows. */
  private final Map<String, Subscription> byWireId = new ConcurrentHashMap<>();

  /** The connection that frames can be sent on; null while there is none. */
  private volatile @Nullable Epoch current;

  private final AtomicLong ids = new AtomicLong();

  /** How many messages came for subscriptions. */
  private final AtomicLong sequence = new AtomicLong();

  private final Pulls pulls = new Pulls();
  private final ReceiveCounter counter = new ReceiveCounter();

  /**
   * Creates it without subscriptions.
   *
   * @param handlers runs what belongs to the program, and what may wait
   * @param forward sends copies of messages whose handler threw
   */
  Subscriptions(
      Requests requests,
      Bounds bounds,
      Executor handlers,
      Function<Outgoing, Confirmation> forward) {
    this.requests = requests;
    this.bounds = bounds;
    this.room = new InboundRoom(bounds.allIncomingOctets());
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

  Bounds bounds() {
    return bounds;
  }

  /** Pulls from those that have no handler. */
  Pulls pulls() {
    return pulls;
  }

  long nextSequence() {
    return sequence.incrementAndGet();
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
        epoch.check(frame(subscription, epoch));
        // Before SUBSCRIBE leaves, since messages may come right after it.
        byWireId.put(epoch.profile().wireId(id, epoch.number()), subscription);
        requests.outbox().put(subscribe(subscription, epoch), requests.timeouts().space());
      }
      byId.put(id, subscription);
      if (recipient == null) {
        pulls.add(subscription);
      }
    } finally {
      lock.unlock();
    }
    return subscription;
  }

  /** Starts a connection: SUBSCRIBEs first, then what the outbox has. */
  void start(Epoch epoch) {
    lock.lock();
    try {
      byId.values().removeIf(subscription -> !subscription.isOpen());
      byWireId.clear();
      List<Outbound> frames = new ArrayList<>();
      for (Subscription subscription : byId.values()) {
        byWireId.put(epoch.profile().wireId(subscription.id(), epoch.number()), subscription);
        frames.add(subscribe(subscription, epoch));
      }
      requests.outbox().start(epoch.number(), frames);
      current = epoch;
    } finally {
      lock.unlock();
    }
  }

  private Outbound subscribe(Subscription subscription, Epoch epoch) {
    Establishment establishment = subscription.establishment();
    Confirmation confirmation =
        requests
            .receipts()
            .confirmation("SUBSCRIBE to " + subscription.destination(), establishment::settled);
    establishment.subscribing();
    return requests.asking(frame(subscription, epoch), epoch, confirmation);
  }

  private static Frame frame(Subscription subscription, Epoch epoch) {
    return epoch
        .commands()
        .subscribe(
            subscription.destination(),
            epoch.profile().wireId(subscription.id(), epoch.number()),
            subscription.options().acknowledgement().mode(),
            epoch.profile().headersOf(subscription));
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
  void ended(int epoch) {
    for (Subscription subscription : open()) {
      subscription.epochEnded(epoch);
    }
  }

  List<Subscription> open() {
    lock.lock();
    try {
      return List.copyOf(byId.values());
    } finally {
      lock.unlock();
    }
  }

  /** Hands a MESSAGE to its subscription; called by the reader. */
  void route(Link link, Frame message) {
    counter.addMessage();
    String wireId = message.header("subscription");
    Subscription subscription =
        wireId != null ? byWireId.get(wireId) : byDestination(message.header("destination"));
    if (subscription == null) {
      unrouted(message);
      return;
    }
    subscription.deliver(link, message);
  }

  /** A message that belongs to no subscription, or an ERROR that stands for one. */
  void unrouted(Frame frame) {
    counter.addUnrouted();
    LOG.log(Level.DEBUG, "no subscription for {0}", frame);
  }

  /** A message was not handed out, since it was processed before. */
  void dropped() {
    counter.addDuplicate();
  }

  /** A frame that concerns nobody here: brokers may have some of their own. */
  void passOver(Frame frame) {
    counter.addUnknownFrame();
    LOG.log(Level.DEBUG, "passed over an unknown frame: {0}", frame.command());
  }

  /** STOMP 1.0 brokers need not say which subscription a message is for. */
  private @Nullable Subscription byDestination(@Nullable String destination) {
    for (Subscription subscription : open()) {
      if (subscription.isOpen() && subscription.destination().equals(destination)) {
        return subscription;
      }
    }
    return null;
  }

  /** A subscription was ended for its options, on a thread that must not wait. */
  void stopped(Subscription subscription, SubscriptionStoppedException cause) {
    LOG.log(Level.WARNING, String.valueOf(cause.getMessage()), cause.getCause());
    try {
      handlers.execute(subscription::leave);
    } catch (RejectedExecutionException closed) {
      // The client is closed, and so is everything that the subscription could be told of.
    }
  }

  void unsubscribe(Subscription subscription) {
    lock.lock();
    try {
      byId.remove(subscription.id(), subscription);
      Epoch epoch = current;
      if (epoch != null) {
        String wireId = epoch.profile().wireId(subscription.id(), epoch.number());
        // It is not made on a connection that came after its end, and can't be unmade there.
        if (byWireId.remove(wireId, subscription)) {
          requests.send(epoch.commands().unsubscribe(wireId), epoch);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Forgets a subscription that the broker refused. */
  void forget(Subscription subscription) {
    lock.lock();
    try {
      byId.remove(subscription.id(), subscription);
      byWireId.values().remove(subscription);
    } finally {
      lock.unlock();
    }
  }

  /** Ends all subscriptions because the client has failed. */
  void fail(StompException cause) {
    for (Subscription subscription : open()) {
      subscription.fail(cause);
    }
    pulls.end(cause);
  }
}
