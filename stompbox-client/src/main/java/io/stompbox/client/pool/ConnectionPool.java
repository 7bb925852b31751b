package io.stompbox.client.pool;

import io.stompbox.client.StompClient;
import io.stompbox.client.StompTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Connections by broker: one that all threads share, one for each thread, and any number to borrow,
 * up to a limit. They are made when they are first asked for, and closed when nobody has used them
 * for a while or the pool is closed. Make as many pools as you like; they know nothing of each
 * other. Safe to share between threads.
 *
 * <p>A broker is known by its URI, see {@link StompClient#connect(String)}: two spellings are two
 * brokers. Making a connection throws as that method does.
 */
public final class ConnectionPool implements AutoCloseable {
  private final PoolOptions options;
  private final Map<String, BrokerPool> brokers = new ConcurrentHashMap<>();

  /** Whether somebody will look for unused connections. */
  private final AtomicBoolean isSweeping = new AtomicBoolean();

  private volatile boolean closed;

  private ConnectionPool(PoolOptions options) {
    this.options = options;
  }

  /** Returns an empty pool with everything by default. */
  public static ConnectionPool create() {
    return create(PoolOptions.defaults());
  }

  /** Returns an empty pool. */
  public static ConnectionPool create(PoolOptions options) {
    return new ConnectionPool(options);
  }

  /** Returns what sends by one connection that all threads use. The right one for most programs. */
  public PooledPublisher shared(String broker) {
    BrokerPool pool = pool(broker);
    return new PooledPublisher(pool, pool::shared);
  }

  /**
   * Returns what sends by a connection of each thread's own. That counts among those of {@link
   * PoolOptions#most()} until the thread has ended or has not sent for {@link PoolOptions#idle()}.
   */
  public PooledPublisher perThread(String broker) {
    BrokerPool pool = pool(broker);
    return new PooledPublisher(pool, pool::own);
  }

  /**
   * Returns the connection that all threads share, for example to subscribe; there is no such thing
   * for connections of threads, since messages come on other threads. It is not closed for being
   * idle from now on; don't close it yourself.
   *
   * @throws IllegalStateException if the pool is closed
   * @throws InterruptedException if the thread is interrupted while another one connects
   */
  public StompClient client(String broker) throws InterruptedException {
    Pooled shared = pool(broker).shared();
    shared.pin();
    return shared.client();
  }

  /** Borrows a connection, waiting as long as the options say; see the other method. */
  public Lease borrow(String broker) throws InterruptedException {
    return borrow(broker, options.patience());
  }

  /**
   * Borrows a connection that nobody else uses until the lease is closed. Those who wait get one in
   * the order in which they came.
   *
   * @throws StompTimeoutException if all are in use and none comes back within {@code limit}
   * @throws IllegalStateException if the pool is closed
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public Lease borrow(String broker, Duration limit) throws InterruptedException {
    return pool(broker).borrow(limit);
  }

  private BrokerPool pool(String broker) {
    if (closed) {
      throw BrokerPool.closed();
    }
    BrokerPool pool = brokers.computeIfAbsent(broker, uri -> new BrokerPool(uri, options));
    if (closed) {
      // It may have come after those that closing has found.
      pool.close();
      throw BrokerPool.closed();
    }
    sweepLater();
    return pool;
  }

  /** The connections that there are now, those of one broker after the other. */
  public List<PooledConnection> connections() {
    return brokers.values().stream().flatMap(pool -> pool.connections().stream()).toList();
  }

  /** Closes connections that nobody has used for {@code limit}; returns how many that were. */
  public int evict(Duration limit) {
    return brokers.values().stream().mapToInt(pool -> pool.evict(nanos(limit))).sum();
  }

  /** Holds no thread while it waits. */
  private void sweepLater() {
    long nanos = nanos(options.idle());
    if (nanos > 0 && isSweeping.compareAndSet(false, true)) {
      Executor delayed =
          CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, ConnectionPool::start);
      delayed.execute(this::sweep);
    }
  }

  private static long nanos(Duration limit) {
    return TimeUnit.NANOSECONDS.convert(limit);
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "stompbox-pool");
    thread.setDaemon(true);
    thread.start();
  }

  private void sweep() {
    isSweeping.set(false);
    if (!closed) {
      evict(options.idle());
      if (!connections().isEmpty()) {
        sweepLater();
      }
    }
  }

  /**
   * Closes all connections, those that are in use among them, each as {@link StompClient#close()}
   * does. Does nothing the second time.
   */
  @Override
  public void close() {
    closed = true;
    brokers.values().forEach(BrokerPool::close);
  }

  @Override
  public String toString() {
    return "pool of " + connections();
  }
}
