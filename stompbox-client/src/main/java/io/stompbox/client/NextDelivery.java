package io.stompbox.client;

import org.jspecify.annotations.Nullable;

/** Chooses which message of a subscription its handler gets next. Safe to share between threads. */
final class NextDelivery {
  private final BoundedQueue<Delivery> queue;
  private final Acknowledgements acknowledgements;
  private final @Nullable KeyOrder order;
  private final Demand demand;

  NextDelivery(
      BoundedQueue<Delivery> queue,
      Acknowledgements acknowledgements,
      @Nullable OrderKey order,
      Demand demand) {
    this.queue = queue;
    this.acknowledgements = acknowledgements;
    this.order = order == null ? null : new KeyOrder(order);
    this.demand = demand;
  }

  /** Returns the oldest message that may be processed now; null if there is none or no demand. */
  @Nullable Delivery take() {
    if (!demand.tryTake()) {
      return null;
    }
    Delivery found = find();
    if (found == null) {
      demand.add(1);
    }
    return found;
  }

  /** Whether messages wait, be it that they may be processed now or not. */
  boolean hasMore() {
    return !queue.isIdle();
  }

  /** A message that was taken needs no processing, so another may be taken instead. */
  void notNeeded() {
    demand.add(1);
  }

  private @Nullable Delivery find() {
    KeyOrder keys = order;
    if (keys == null) {
      return queue.poll(acknowledgements::mayStart);
    }
    keys.assign(queue);
    KeyOrder.Scan scan = keys.scan();
    return queue.poll(delivery -> scan.takes(delivery.key(), acknowledgements.mayStart(delivery)));
  }

  /** A message was processed; tells whether more than one other may have waited for that. */
  boolean release(Delivery delivery) {
    if (order != null) {
      order.release(delivery.key());
    }
    return acknowledgements.isCumulative() && !queue.isIdle();
  }

  /** Throws what the program's {@link OrderKey} threw for this message. */
  void check(Delivery delivery) throws Exception {
    if (order != null) {
      KeyOrder.check(delivery);
    }
  }
}
