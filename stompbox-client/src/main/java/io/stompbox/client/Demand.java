package io.stompbox.client;

import java.util.concurrent.atomic.AtomicLong;

/** How many more messages somebody wants; {@link Long#MAX_VALUE} is all. Safe to share. */
final class Demand {
  private static final long ALL = Long.MAX_VALUE;

  private final AtomicLong left;

  private Demand(long left) {
    this.left = new AtomicLong(left);
  }

  /** Returns one that grows by {@link #add}. */
  static Demand none() {
    return new Demand(0);
  }

  /** Returns one that is never used up. */
  static Demand all() {
    return new Demand(ALL);
  }

  /** Adds more; what would be too many to count is all (Reactive Streams, rule 3.17). */
  void add(long more) {
    left.updateAndGet(now -> now > ALL - more ? ALL : now + more);
  }

  /** Takes one off; false if none is left. */
  boolean tryTake() {
    long before = left.getAndUpdate(now -> now == 0 || now == ALL ? now : now - 1);
    return before > 0;
  }

  boolean isUsedUp() {
    return left.get() == 0;
  }
}
