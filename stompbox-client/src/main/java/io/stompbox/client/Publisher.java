package io.stompbox.client;

import io.stompbox.client.ConnectionLostException.Sent;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A client that only sends: it has no subscriptions, and a message can ask for no receipt but by
 * {@link #sendConfirmed}. It connects when there is something to send, and again after {@link
 * #disconnect()} and when its client has given up. Safe to share between threads.
 *
 * <p>All that sends throws what connecting throws, see {@link StompClient#connect(String)}, in
 * addition to what it throws in {@link StompClient}; nothing was sent then, and the next call tries
 * again.
 */
public final class Publisher implements AutoCloseable {
  private static final Set<ClientState> OVER =
      EnumSet.of(ClientState.DRAINING, ClientState.CLOSED, ClientState.FAILED);

  private final StompClientBuilder builder;

  /** Lets one thread connect and others wait for it. Held while it connects. */
  private final ReentrantLock connecting = new ReentrantLock();

  /** Never held while a connection is made or closed. */
  private final ReentrantLock lock = new ReentrantLock();

  /** Null while there is none. Written under lock. */
  private volatile @Nullable StompClient client;

  /** Written under lock. */
  private volatile boolean closed;

  private Publisher(StompClientBuilder builder) {
    this.builder = builder;
  }

  /** Returns one with everything by default; the URI is that of {@link StompClient#connect}. */
  public static Publisher to(String uri) {
    return of(StompClient.builder(uri));
  }

  /** Returns one that connects as {@code builder} says; leave the builder alone afterwards. */
  public static Publisher of(StompClientBuilder builder) {
    return new Publisher(builder);
  }

  /** Sends UTF-8 text at most once, see {@link StompClient#send(Outgoing)}. */
  public void send(String destination, String text) {
    send(Outgoing.to(destination).text(text));
  }

  /** Sends a message at most once, see {@link StompClient#send(Outgoing)}. */
  public void send(Outgoing message) {
    connected().send(message);
  }

  /** Sends a message at least once, see {@link StompClient#sendConfirmed}. */
  public Confirmation sendConfirmed(Outgoing message) {
    return connected().sendConfirmed(message);
  }

  /** Returns a view that sends to one destination. */
  public DestinationPublisher destination(String destination) {
    return new DestinationPublisher(Outgoing.to(destination), this::send, this::sendConfirmed);
  }

  /** Begins a transaction, see {@link StompClient#begin()}. */
  public Transaction begin() {
    return connected().begin();
  }

  /** Runs {@code work} in a transaction, see {@link StompClient#inTransaction(TransactionWork)}. */
  public <E extends Exception> void inTransaction(TransactionWork<E> work) throws E {
    connected().inTransaction(work);
  }

  /**
   * Waits until everything was written, see {@link StompClient#flush}; at once if not connected.
   */
  public void flush(Duration limit) throws InterruptedException {
    StompClient now = client;
    if (now != null) {
      now.flush(limit);
    }
  }

  /** Whether it has a connection, or is making one again after a loss. */
  public boolean isConnected() {
    StompClient now = client;
    return now != null && !OVER.contains(now.state());
  }

  private StompClient connected() {
    StompClient now = client;
    if (now != null && !OVER.contains(now.state())) {
      return now;
    }
    try {
      connecting.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException(
          "interrupted while another thread connects; nothing was sent");
    }
    try {
      return connect();
    } finally {
      connecting.unlock();
    }
  }

  private StompClient connect() {
    checkOpen();
    StompClient now = client;
    if (now != null && !OVER.contains(now.state())) {
      return now;
    }
    if (now != null) {
      now.close(Duration.ZERO);
    }
    StompClient made = builder.connect();
    try {
      keep(made);
    } catch (ConnectionLostException e) {
      made.close();
      throw e;
    }
    return made;
  }

  private void keep(StompClient made) {
    lock.lock();
    try {
      checkOpen();
      client = made;
    } finally {
      lock.unlock();
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new ConnectionLostException("the publisher is closed", Sent.NOT_SENT);
    }
  }

  /**
   * Closes the connection as {@link StompClient#close()} does; the next send makes another. Does
   * nothing without a connection.
   */
  public void disconnect() {
    end(false);
  }

  /**
   * Closes the connection as {@link #disconnect()} does, and makes no other: one that is being made
   * is closed as soon as it is, and what was to be sent on it fails.
   */
  @Override
  public void close() {
    end(true);
  }

  private void end(boolean forGood) {
    StompClient last;
    lock.lock();
    try {
      closed |= forGood;
      last = client;
      client = null;
    } finally {
      lock.unlock();
    }
    if (last != null) {
      last.close();
    }
  }

  @Override
  public String toString() {
    StompClient now = client;
    return "publisher " + (now == null ? "(not connected)" : now.toString());
  }
}
