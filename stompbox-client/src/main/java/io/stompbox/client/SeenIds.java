package io.stompbox.client;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The ids of what one subscription has processed last. Safe to share between threads. */
final class SeenIds {
  private final @Nullable DuplicateFilter filter;
  private final ReentrantLock lock = new ReentrantLock();

  /** The eldest first. Guarded by lock. */
  private final Set<String> ids = new LinkedHashSet<>();

  /** Creates it empty; without a filter it stays so. */
  SeenIds(@Nullable DuplicateFilter filter) {
    this.filter = filter;
  }

  boolean has(Delivery delivery) {
    String id = id(delivery);
    if (id == null) {
      return false;
    }
    lock.lock();
    try {
      return ids.contains(id);
    } finally {
      lock.unlock();
    }
  }

  void add(Delivery delivery) {
    String id = id(delivery);
    if (id == null || filter == null) {
      return;
    }
    lock.lock();
    try {
      ids.remove(id);
      ids.add(id);
      if (ids.size() > filter.remembered()) {
        Iterator<String> eldest = ids.iterator();
        eldest.next();
        eldest.remove();
      }
    } finally {
      lock.unlock();
    }
  }

  void remove(Delivery delivery) {
    String id = id(delivery);
    if (id == null) {
      return;
    }
    lock.lock();
    try {
      ids.remove(id);
    } finally {
      lock.unlock();
    }
  }

  private @Nullable String id(Delivery delivery) {
    return filter == null ? null : filter.id(delivery.original());
  }
}
