package io.stompbox.client;

import io.stompbox.protocol.frame.Frame;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the subscription that a frame of the current connection is for, and counts what is for
 * none. Safe to share between threads.
 */
final class Routes {
  private static final Logger LOG = System.getLogger("io.stompbox.client");

  /** By the id that the current connection knows. */
  private final Map<String, Subscription> byWireId = new ConcurrentHashMap<>();

  private final ReceiveCounter counter;
  private final Supplier<List<Subscription>> all;

  /**
   * Creates it without any.
   *
   * @param all returns all subscriptions, in the order in which they were made
   */
  Routes(ReceiveCounter counter, Supplier<List<Subscription>> all) {
    this.counter = counter;
    this.all = all;
  }

  /** Forgets all, since another connection begins. */
  void clear() {
    byWireId.clear();
  }

  void put(String wireId, Subscription subscription) {
    byWireId.put(wireId, subscription);
  }

  /** Removes a subscription; false if the connection did not know it. */
  boolean remove(String wireId, Subscription subscription) {
    return byWireId.remove(wireId, subscription);
  }

  void forget(Subscription subscription) {
    byWireId.values().remove(subscription);
  }

  /**
   * Hands a MESSAGE to its subscription; called by the reader.
   *
   * @param body what the frame has not; {@link StoredBody#NONE} if it has its body
   */
  void route(Link link, Frame message, StoredBody body) {
    counter.addMessage();
    String wireId = message.header("subscription");
    Subscription subscription =
        wireId != null ? byWireId.get(wireId) : byDestination(message.header("destination"));
    if (subscription == null) {
      unrouted(message);
      body.delete();
      return;
    }
    // Before it delivers, as that may have to wait for room which another one holds.
    link.arrivesFor(subscription);
    subscription.intake().take(link, message, body);
  }

  /** STOMP 1.0 brokers need not say which subscription a message is for. */
  private @Nullable Subscription byDestination(@Nullable String destination) {
    for (Subscription subscription : all.get()) {
      if (subscription.isOpen() && subscription.destination().equals(destination)) {
        return subscription;
      }
    }
    return null;
  }

  /** A message that belongs to no subscription, or an ERROR that stands for one. */
  void unrouted(Frame frame) {
    counter.addUnrouted();
    LOG.log(Level.DEBUG, "no subscription for {0}", frame);
  }

  /** A frame that concerns nobody here: brokers may have some of their own. */
  void passOver(Frame frame) {
    counter.addUnknownFrame();
    LOG.log(Level.DEBUG, "passed over an unknown frame: {0}", frame.command());
  }
}
