package io.stompbox.client;

import io.stompbox.protocol.frame.Frame;
import org.jspecify.annotations.Nullable;

/**
 * Puts what the reader of a link brings for one subscription into its queue. For the reader's
 * thread.
 */
final class Intake {
  private final Subscription subscription;
  private final BoundedQueue<Delivery> queue;
  private final Acknowledgements acknowledgements;
  private final Pulls pulls;
  private final Observation observation;

  /** Null unless it browses. */
  private final @Nullable BrowseEnd browsing;

  /** Null if it has a handler. */
  private final @Nullable Puller puller;

  Intake(
      Subscription subscription,
      BoundedQueue<Delivery> queue,
      Subscriptions owner,
      @Nullable BrowseEnd browsing,
      @Nullable Puller puller) {
    this.subscription = subscription;
    this.queue = queue;
    this.acknowledgements = subscription.acknowledgements();
    this.pulls = owner.pulls();
    this.observation = owner.observation();
    this.browsing = browsing;
    this.puller = puller;
  }

  /**
   * Takes a message; may wait while there is no room. It is not handed out before {@link
   * Subscription#arrived}, unless somebody looks for another reason.
   */
  void take(Link link, Frame frame, StoredBody body) {
    body.assign(subscription);
    if (!queues(link, frame, body)) {
      body.dropped();
    }
  }

  /** False for what comes at the end of the subscription or its link, and finds nobody. */
  private boolean queues(Link link, Frame frame, StoredBody body) {
    if (!subscription.isOpen()) {
      return false;
    }
    if (browsing != null) {
      if ("end".equals(frame.header("browser"))) {
        subscription.browsed(browsing);
        return false;
      }
      browsing.arrived();
    }
    Delivery delivery = new Delivery(subscription, frame, body, link.epoch(), pulls.nextSequence());
    acknowledgements.arrived(delivery);
    boolean isQueued = adds(delivery, body) || queuesWhereThereIsNoRoom(link, delivery);
    if (puller != null) {
      pulls.arrived(puller);
    }
    if (observation.isOn()) {
      observation.queueDepth(subscription, queue.size());
    }
    return isQueued;
  }

  /**
   * Whoever pulls or counts looks at each one, and a body in a file has to be deleted if nobody
   * gets to see it.
   */
  private boolean adds(Delivery delivery, StoredBody body) {
    boolean mayBeSeenLate = puller == null && body == StoredBody.NONE && !observation.isOn();
    return mayBeSeenLate ? queue.bring(delivery) : queue.offer(delivery);
  }

  private boolean queuesWhereThereIsNoRoom(Link link, Delivery delivery) {
    if (queue.hasEnded()) {
      return false;
    }
    if (subscription.options().whenFull() == WhenFull.BLOCK) {
      // Nobody may have begun with those that are here.
      subscription.arrived();
      return queue.put(delivery, link);
    }
    subscription.stop(
        new SubscriptionStoppedException(
            subscription + " was ended: more messages wait than allowed"));
    return false;
  }
}
