package io.stompbox.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the reader of a link has received and the program has not taken, bounded in number and
 * octets. One item always fits, whatever its size. Safe to share between threads.
 */
final class BoundedQueue<T> {
  /**
   * A reader that waits is woken when this part of the queue has room: waking it for each item that
   * is taken costs more than all else of a message.
   */
  private static final int SHARE = 8;

  /** After how long the reader looks by itself whether there is room for less. */
  private static final long FIRST_LOOK = TimeUnit.MILLISECONDS.toNanos(1);

  /** The longest time between two looks: each takes twice the time of the one before. */
  private static final long LAST_LOOK = TimeUnit.MILLISECONDS.toNanos(64);

  /**
   * How many items become visible at once: taking the lock for each has the reader and whoever
   * takes items wait for each other.
   */
  private static final int MOST_BROUGHT = 32;

  private final int mostItems;
  private final long mostOctets;
  private final ToLongFunction<T> octetsOf;
  private final InboundRoom room;
  private final ReentrantLock lock = new ReentrantLock();

  /** Signalled when items have come or nothing is to be waited for. */
  private final Condition changed = lock.newCondition();

  /** Signalled when there is room again, or none is to be waited for. */
  private final Condition space = lock.newCondition();

  /** Guarded by lock. */
  private final ArrayDeque<T> items = new ArrayDeque<>();

  /** Octets of {@link #items}. Guarded by lock. */
  private long octets;

  /** Whether no more items come. Guarded by lock. */
  private boolean ended;

  /** Whether nothing is given out for a while. Guarded by lock. */
  private boolean paused;

  /** What the reader has brought and nobody else sees yet. Touched by the reader only. */
  private final List<T> brought = new ArrayList<>();

  /** How many more the reader may bring; others only make room. Touched by the reader only. */
  private int freeItems;

  /** Octets of those, as {@link #freeItems}. */
  private long freeOctets;

  /** Creates one that is empty; {@code room} is shared with others. */
  BoundedQueue(Bounds bounds, InboundRoom room, ToLongFunction<T> octetsOf) {
    this.room = room;
    this.mostItems = bounds.incomingMessages();
    this.mostOctets = bounds.incomingOctets();
    this.octetsOf = octetsOf;
  }

  /**
   * Adds an item if there is room and the queue has not ended; returns whether it was added.
   * Whoever waits for it learns of it by {@link #wake}, so that many can be added for one. Called
   * by the link's reader.
   */
  boolean offer(T item) {
    lock.lock();
    try {
      show();
      boolean fits = !ended && hasRoom(item) && room.tryAcquire(octetsOf.applyAsLong(item));
      if (fits) {
        add(item);
      }
      return fits;
    } finally {
      lock.unlock();
    }
  }

  /**
   * As {@link #offer}, but others may not see the item before {@link #show}. If the queue ends
   * first, they never do.
   */
  boolean bring(T item) {
    long size = octetsOf.applyAsLong(item);
    if (brought.size() == MOST_BROUGHT || freeItems == 0 || freeOctets < size) {
      show();
    }
    if (freeItems == 0 || freeOctets < size || !room.tryAcquire(size)) {
      return offer(item);
    }
    brought.add(item);
    freeItems--;
    freeOctets -= size;
    return true;
  }

  /** Lets others see what was brought. Called by the link's reader. */
  void show() {
    lock.lock();
    try {
      for (T item : brought) {
        if (ended) {
          room.release(octetsOf.applyAsLong(item));
        } else {
          add(item);
        }
      }
      brought.clear();
      freeItems = ended ? 0 : Math.max(0, mostItems - items.size());
      freeOctets = mostOctets - octets;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Adds an item that {@link #offer} had no room for, waiting unless the link or the queue ends;
   * called by the link's reader. Returns whether it was added.
   */
  boolean put(T item, Link link) {
    if (!room.acquire(octetsOf.applyAsLong(item), link)) {
      return false;
    }
    lock.lock();
    try {
      if (!ended && !hasRoom(item)) {
        awaitRoom(item, link);
      }
      boolean fits = !ended && hasRoom(item);
      if (fits) {
        add(item);
        changed.signalAll();
      } else {
        room.release(octetsOf.applyAsLong(item));
      }
      return fits;
    } finally {
      lock.unlock();
    }
  }

  private void awaitRoom(T item, Link link) {
    link.pauseReading();
    boolean isInterrupted = false;
    long look = FIRST_LOOK;
    while (!ended && !hasRoom(item) && !link.hasEnded()) {
      try {
        long left = space.awaitNanos(look);
        look = left > 0 ? FIRST_LOOK : Math.min(2 * look, LAST_LOOK);
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
    link.resumeReading();
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean hasRoom(T item) {
    return items.isEmpty()
        || (items.size() < mostItems && octets + octetsOf.applyAsLong(item) <= mostOctets);
  }

  /** Fewer octets are held than before. */
  private void count(long left) {
    if (!ended) {
      room.release(octets - left);
    }
    octets = left;
    if (items.size() <= mostItems - mostItems / SHARE
        && octets <= mostOctets - mostOctets / SHARE) {
      space.signalAll();
    }
  }

  private void add(T item) {
    // The reader has to count anew before it brings more.
    freeItems = 0;
    items.addLast(item);
    octets += octetsOf.applyAsLong(item);
  }

  /** Lets a reader that waits for room see that its link has ended, and others what has come. */
  void wake() {
    lock.lock();
    try {
      signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void signalAll() {
    changed.signalAll();
    space.signalAll();
  }

  /** Returns the next item, waiting up to {@code nanos}; null if none came or it has ended. */
  @Nullable T poll(long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while ((items.isEmpty() ? !ended : paused) && left > 0) {
        left = changed.awaitNanos(left);
      }
      return poll(any -> true);
    } finally {
      lock.unlock();
    }
  }

  /** Returns the first item that {@code which} takes, or null if there is none now. */
  @Nullable T poll(Predicate<T> which) {
    lock.lock();
    try {
      T first = paused ? null : items.peekFirst();
      if (first == null) {
        return null;
      }
      if (which.test(first)) {
        items.removeFirst();
        count(octets - octetsOf.applyAsLong(first));
        return first;
      }
      return pollBehindFirst(which);
    } finally {
      lock.unlock();
    }
  }

  private @Nullable T pollBehindFirst(Predicate<T> which) {
    Iterator<T> all = items.iterator();
    all.next();
    while (all.hasNext()) {
      T item = all.next();
      if (which.test(item)) {
        all.remove();
        count(octets - octetsOf.applyAsLong(item));
        return item;
      }
    }
    return null;
  }

  /** Returns the next item without taking it; null if there is none to give out now. */
  @Nullable T peek() {
    lock.lock();
    try {
      return paused ? null : items.peekFirst();
    } finally {
      lock.unlock();
    }
  }

  /** Returns those items that {@code which} takes, in order; they stay. */
  List<T> copyOf(Predicate<T> which) {
    lock.lock();
    try {
      return items.stream().filter(which).toList();
    } finally {
      lock.unlock();
    }
  }

  /** How many items wait. */
  int size() {
    lock.lock();
    try {
      return items.size();
    } finally {
      lock.unlock();
    }
  }

  /** Whether it has nothing to give out now. */
  boolean isIdle() {
    lock.lock();
    try {
      return paused || items.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Gives nothing out until {@link #resume}; what comes waits. */
  void pause() {
    lock.lock();
    try {
      paused = true;
    } finally {
      lock.unlock();
    }
  }

  void resume() {
    lock.lock();
    try {
      paused = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Drops what {@code which} takes, and returns it. */
  List<T> removeIf(Predicate<T> which) {
    lock.lock();
    try {
      List<T> removed = new ArrayList<>();
      items.removeIf(item -> which.test(item) && removed.add(item));
      count(items.stream().mapToLong(octetsOf).sum());
      return removed;
    } finally {
      lock.unlock();
    }
  }

  /** No more items come; those that are here can still be taken. */
  void end() {
    lock.lock();
    try {
      if (!ended) {
        // What is never taken must not keep room from others.
        room.release(octets);
      }
      ended = true;
      signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean hasEnded() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }
}
