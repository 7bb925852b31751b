package io.stompbox.client;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.StompException;
import io.stompbox.protocol.frame.Version;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of a client: makes them again on each connection, in the order in which they
 * were first made, routes messages to them, and acknowledges for them.
 */
final class Subscriptions {
  private static final Logger LOG = System.getLogger("io.stompbox.client");

  private final Outbox outbox;
  private final Bounds bounds;
  private final Timeouts timeouts;
  private final Executor handlers;
  private final Receipts receipts;

  /** Makes registering and starting a connection exclude each other. */
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by lock. */
  private final Map<String, Subscription> byId = new LinkedHashMap<>();

  /** By the id that the current connection knows. */
  private final Map<String, Subscription> byWireId = new ConcurrentHashMap<>();

  /** The connection that frames can be sent on; null while there is none. */
  private volatile @Nullable Epoch current;

  private final AtomicLong ids = new AtomicLong();
  private final ReceiveCounter counter = new ReceiveCounter();

  Subscriptions(
      Outbox outbox, Bounds bounds, Timeouts timeouts, Executor handlers, Receipts receipts) {
    this.outbox = outbox;
    this.bounds = bounds;
    this.timeouts = timeouts;
    this.handlers = handlers;
    this.receipts = receipts;
  }

  Bounds bounds() {
    return bounds;
  }

  Executor handlers() {
    return handlers;
  }

  Duration closeLimit() {
    return timeouts.close();
  }

  /** The connection that frames can be sent on; null while there is none. */
  @Nullable Epoch current() {
    return current;
  }

  ReceiveCounts counts() {
    return counter.counts();
  }

  /** Registers a subscription and sends SUBSCRIBE, now or when there is a connection. */
  Subscription add(String destination, SubscribeOptions options, @Nullable MessageHandler handler) {
    String chosen = options.id();
    String id = chosen == null ? "s-" + ids.incrementAndGet() : chosen;
    Subscription subscription = new Subscription(this, id, destination, options, handler);
    lock.lock();
    try {
      if (byId.containsKey(id)) {
        throw new IllegalArgumentException(
            "there is a subscription with the id '" + id + "' already: " + byId.get(id));
      }
      Epoch epoch = current;
      if (epoch != null) {
        FrameCheck.check(frame(subscription, epoch), epoch.link().agreement().version());
        // Before SUBSCRIBE leaves, since messages may come right after it.
        byWireId.put(epoch.profile().wireId(id, epoch.number()), subscription);
        outbox.put(subscribe(subscription, epoch), timeouts.space());
      }
      byId.put(id, subscription);
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
      outbox.start(epoch.number(), frames);
      current = epoch;
    } finally {
      lock.unlock();
    }
  }

  private Outbound subscribe(Subscription subscription, Epoch epoch) {
    String receipt = receipts.next();
    Frame frame = frame(subscription, epoch).with("receipt", receipt);
    Confirmation confirmation =
        receipts.confirmation("SUBSCRIBE to " + subscription.destination(), subscription::settled);
    Outbound outbound = Outbound.bound(frame, epoch.number(), receipt, confirmation);
    outbound.deadline(System.nanoTime() + timeouts.receipt().toNanos());
    subscription.subscribing();
    return outbound;
  }

  private static Frame frame(Subscription subscription, Epoch epoch) {
    SubscribeOptions options = subscription.options();
    return epoch
        .commands()
        .subscribe(
            subscription.destination(),
            epoch.profile().wireId(subscription.id(), epoch.number()),
            options.acknowledgement().mode(),
            options.acknowledgement() == Acknowledgement.BROKER
                ? options.headers()
                : epoch.profile().withPrefetch(options.headers(), options.prefetch()));
  }

  /**
   * The broker refused something and does not say what. It may have been the oldest SUBSCRIBE that
   * it has not confirmed, since brokers answer in order; it can't have been a later one.
   */
  void suspect(BrokerErrorException cause) {
    for (Subscription subscription : open()) {
      if (subscription.isUnconfirmed()) {
        subscription.suspect(cause);
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
      counter.addUnrouted();
      LOG.log(Level.DEBUG, "no subscription for {0}", message);
      return;
    }
    subscription.deliver(link, message);
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

  /** Whether the connection that brought a message is still there. */
  boolean isCurrent(Delivery delivery) {
    return epochOf(delivery) != null;
  }

  AckResult acknowledge(Delivery delivery) {
    Epoch epoch = epochOf(delivery);
    return epoch == null ? stale() : write(epoch.commands().ack(delivery.frame()), epoch);
  }

  AckResult refuse(Delivery delivery) {
    Epoch epoch = epochOf(delivery);
    return epoch == null ? stale() : write(epoch.commands().nack(delivery.frame()), epoch);
  }

  private AckResult write(Frame frame, Epoch epoch) {
    outbox.putLast(Outbound.bound(frame, epoch.number()));
    return AckResult.SENT;
  }

  /** Counts an acknowledgement that came too late. */
  AckResult stale() {
    counter.addStaleAck();
    return AckResult.STALE;
  }

  private @Nullable Epoch epochOf(Delivery delivery) {
    Epoch epoch = current;
    return epoch != null && epoch.number() == delivery.epoch() ? epoch : null;
  }

  /** Whether the version of the current connection has NACK. */
  boolean canNack() {
    Epoch epoch = current;
    return epoch != null && epoch.link().agreement().version() != Version.V1_0;
  }

  void handlerFailed(Delivery delivery, Throwable cause) {
    counter.addHandlerFailure();
    LOG.log(Level.WARNING, "the handler of " + delivery.subscription() + " failed", cause);
  }

  void unsubscribe(Subscription subscription) {
    lock.lock();
    try {
      byId.remove(subscription.id(), subscription);
      Epoch epoch = current;
      if (epoch != null) {
        String wireId = epoch.profile().wireId(subscription.id(), epoch.number());
        byWireId.remove(wireId, subscription);
        outbox.putLast(Outbound.bound(epoch.commands().unsubscribe(wireId), epoch.number()));
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
  }
}
