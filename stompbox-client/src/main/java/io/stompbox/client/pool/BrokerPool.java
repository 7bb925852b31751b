package io.stompbox.client.pool;

import io.stompbox.client.StompClient;
import io.stompbox.client.StompTimeoutException;
import io.stompbox.client.pool.PooledConnection.Use;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The connections of a pool to one broker. Safe to share between threads. */
final class BrokerPool {
  private static final Logger LOG = System.getLogger("io.stompbox.client");

  private final String broker;
  private final PoolOptions options;

  /** One for each connection that is borrowed or a thread's own; first come, first served. */
  private final Semaphore permits;

  /** Lets one thread make the shared connection. Held while it connects. */
  private final ReentrantLock connecting = new ReentrantLock();

  /** Never held while a connection is made or closed. */
  private final ReentrantLock lock = new ReentrantLock();

  /** Those that nobody uses, the last used first. Guarded by lock. */
  private final ArrayDeque<Pooled> idle = new ArrayDeque<>();

  /** Guarded by lock. */
  private final Set<Pooled> borrowed = new HashSet<>();

  private final Map<Thread, Pooled> own = new ConcurrentHashMap<>();

  /** Null while there is none. Written under lock. */
  private volatile @Nullable Pooled shared;

  /** Guarded by lock. */
  private boolean closed;

  BrokerPool(String broker, PoolOptions options) {
    this.broker = broker;
    this.options = options;
    this.permits = new Semaphore(options.most(), true);
  }

  /** A check that throws must not cost the pool a connection that nobody could give back. */
  boolean isHealthy(Pooled connection) {
    try {
      return options.isHealthy().test(connection.client());
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "the check of " + connection.client() + " failed; it is replaced", e);
      return false;
    }
  }

  private Pooled connect() {
    return new Pooled(options.setup().apply(StompClient.builder(broker)).connect());
  }

  private void checkOpen() {
    lock.lock();
    try {
      if (closed) {
        throw closed();
      }
    } finally {
      lock.unlock();
    }
  }

  static IllegalStateException closed() {
    return new IllegalStateException("the pool is closed");
  }

  /** Returns the connection that all share, making it if there is none. */
  Pooled shared() throws InterruptedException {
    Pooled now = shared;
    if (now != null && isHealthy(now)) {
      now.touch();
      return now;
    }
    connecting.lockInterruptibly();
    try {
      return renewShared();
    } finally {
      connecting.unlock();
    }
  }

  private Pooled renewShared() {
    checkOpen();
    Pooled now = shared;
    if (now != null && isHealthy(now)) {
      return now;
    }
    if (now != null) {
      now.client().close();
    }
    Pooled made = connect();
    keep(made, () -> shared = made);
    return made;
  }

  /** Keeps a connection, unless the pool was closed while it was made. */
  private void keep(Pooled made, Runnable keeping) {
    boolean isKept;
    lock.lock();
    try {
      isKept = !closed;
      if (isKept) {
        keeping.run();
      }
    } finally {
      lock.unlock();
    }
    if (!isKept) {
      made.client().close();
      throw closed();
    }
  }

  /** Returns this thread's own connection, making it if there is none. */
  Pooled own() throws InterruptedException {
    Thread self = Thread.currentThread();
    Pooled now = own.get(self);
    if (now != null && isHealthy(now)) {
      now.touch();
      return now;
    }
    if (now != null && own.remove(self, now)) {
      discard(now);
    }
    Pooled made = take(options.patience());
    keepBorrowed(made, () -> own.put(self, made));
    return made;
  }

  Lease borrow(Duration limit) throws InterruptedException {
    Pooled taken = take(limit);
    keepBorrowed(taken, () -> borrowed.add(taken));
    return new Lease(this, taken);
  }

  private void keepBorrowed(Pooled made, Runnable keeping) {
    try {
      keep(made, keeping);
    } catch (IllegalStateException e) {
      permits.release();
      throw e;
    }
  }

  /** Returns a connection that the caller has for itself, with a permit. */
  private Pooled take(Duration limit) throws InterruptedException {
    checkOpen();
    forgetDeadThreads();
    if (!permits.tryAcquire(TimeUnit.NANOSECONDS.convert(limit), TimeUnit.NANOSECONDS)) {
      throw new StompTimeoutException(
          "all "
              + options.most()
              + " connections of the pool are in use, and none came back within "
              + limit.toMillis()
              + " ms; give leases back sooner, or raise PoolOptions.withMost");
    }
    try {
      checkOpen();
      Pooled healthy = healthyIdle();
      return healthy == null ? connect() : healthy;
    } catch (RuntimeException | Error e) {
      permits.release();
      throw e;
    }
  }

  private @Nullable Pooled healthyIdle() {
    Pooled found = pollIdle();
    while (found != null && !isHealthy(found)) {
      found.client().close();
      found = pollIdle();
    }
    if (found != null) {
      found.touch();
    }
    return found;
  }

  private @Nullable Pooled pollIdle() {
    lock.lock();
    try {
      return idle.pollFirst();
    } finally {
      lock.unlock();
    }
  }

  void giveBack(Pooled connection) {
    boolean isKept;
    boolean isHealthy = isHealthy(connection);
    connection.touch();
    lock.lock();
    try {
      borrowed.remove(connection);
      isKept = isHealthy && !closed;
      if (isKept) {
        idle.addFirst(connection);
      }
    } finally {
      lock.unlock();
    }
    if (!isKept) {
      connection.client().close();
    }
    permits.release();
  }

  void discard(Pooled connection) {
    lock.lock();
    try {
      borrowed.remove(connection);
    } finally {
      lock.unlock();
    }
    connection.client().close();
    permits.release();
  }

  private void forgetDeadThreads() {
    own.forEach(
        (thread, connection) -> {
          if (!thread.isAlive() && own.remove(thread, connection)) {
            giveBack(connection);
          }
        });
  }

  /** Closes what nobody has used for that long; returns how many that were. */
  int evict(long nanos) {
    forgetDeadThreads();
    List<Pooled> unused = new ArrayList<>();
    lock.lock();
    try {
      idle.removeIf(connection -> connection.isIdleFor(nanos) && unused.add(connection));
      Pooled now = shared;
      if (now != null && now.isIdleFor(nanos)) {
        unused.add(now);
        shared = null;
      }
    } finally {
      lock.unlock();
    }
    unused.forEach(connection -> connection.client().close());
    return unused.size() + evictOwn(nanos);
  }

  private int evictOwn(long nanos) {
    List<Pooled> unused = new ArrayList<>();
    own.forEach(
        (thread, connection) -> {
          if (connection.isIdleFor(nanos) && own.remove(thread, connection)) {
            unused.add(connection);
          }
        });
    unused.forEach(this::discard);
    return unused.size();
  }

  List<PooledConnection> connections() {
    List<PooledConnection> all = new ArrayList<>();
    lock.lock();
    try {
      Pooled now = shared;
      if (now != null) {
        all.add(connection(Use.SHARED, now));
      }
      borrowed.forEach(each -> all.add(connection(Use.BORROWED, each)));
      idle.forEach(each -> all.add(connection(Use.IDLE, each)));
    } finally {
      lock.unlock();
    }
    own.values().forEach(each -> all.add(connection(Use.PER_THREAD, each)));
    return all;
  }

  private PooledConnection connection(Use use, Pooled pooled) {
    return new PooledConnection(broker, use, pooled.client());
  }

  void close() {
    lock.lock();
    try {
      if (!closed) {
        // Whoever waits for a permit must not wait for its whole limit.
        permits.release(Integer.MAX_VALUE - options.most());
      }
      closed = true;
    } finally {
      lock.unlock();
    }
    connections().forEach(each -> each.client().close());
  }
}
