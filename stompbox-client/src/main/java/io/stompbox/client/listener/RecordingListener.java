package io.stompbox.client.listener;

import io.stompbox.client.Delivery;
import io.stompbox.client.StompTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps every event, and waits for them: for tests, as it forgets nothing. Each wait takes the
 * first event of its kind that no wait of that kind has taken. Safe to share.
 */
public final class RecordingListener implements EventSink {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition added = lock.newCondition();

  /** Guarded by lock. */
  private final List<Event> events = new ArrayList<>();

  /** Those that waits have taken. Guarded by lock. */
  private final List<Event> taken = new ArrayList<>();

  /** Creates one that has recorded nothing. */
  public RecordingListener() {}

  /** Everything so far, in its order. */
  public List<Event> events() {
    lock.lock();
    try {
      return List.copyOf(events);
    } finally {
      lock.unlock();
    }
  }

  /** The events of a kind so far, in their order. */
  public <E extends Event> List<E> events(Class<E> kind) {
    return events().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Waits for the next message; throws as {@link #await} does. */
  public Delivery awaitMessage(Duration limit) throws InterruptedException {
    return await(Event.Message.class, limit).delivery();
  }

  /** Waits for the next heart-beat; throws as {@link #await} does. */
  public void awaitHeartBeat(Duration limit) throws InterruptedException {
    await(Event.HeartBeat.class, limit);
  }

  /**
   * Waits for the next event of a kind.
   *
   * @throws StompTimeoutException if there is none within {@code limit}; it says what came instead
   */
  public <E extends Event> E await(Class<E> kind, Duration limit) throws InterruptedException {
    long left = TimeUnit.NANOSECONDS.convert(limit);
    lock.lockInterruptibly();
    try {
      int count = (int) taken.stream().filter(kind::isInstance).count();
      List<E> found = events(kind);
      while (found.size() <= count) {
        if (left <= 0) {
          throw new StompTimeoutException(
              "no " + kind.getSimpleName() + " within " + limit.toMillis() + "ms, but " + events);
        }
        left = added.awaitNanos(left);
        found = events(kind);
      }
      taken.add(found.get(count));
      return found.get(count);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onEvent(Event event) {
    lock.lock();
    try {
      events.add(event);
      added.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Shows the events, one in a line. */
  @Override
  public String toString() {
    return String.join("\n", events().stream().map(Event::toString).toList());
  }
}
