package io.stompbox.client.pool;

import io.stompbox.client.Confirmation;
import io.stompbox.client.ConnectionLostException;
import io.stompbox.client.ConnectionLostException.Sent;
import io.stompbox.client.Outgoing;
import io.stompbox.client.StompClient;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/**
 * Sends by connections of a pool, which are made when they are first needed, and again when they
 * are not healthy any more. It can't subscribe. Safe to share between threads.
 *
 * <p>Throws what making a connection throws, see {@link StompClient#connect(String)} and {@link
 * ConnectionPool#borrow(String)}, in addition to what sending throws; nothing was sent then.
 */
public final class PooledPublisher {
  private final BrokerPool pool;
  private final Source source;

  /** Where the connection of the current thread comes from. */
  interface Source {
    Pooled get() throws InterruptedException;
  }

  PooledPublisher(BrokerPool pool, Source source) {
    this.pool = pool;
    this.source = source;
  }

  /** Sends UTF-8 text at most once, see {@link StompClient#send(Outgoing)}. */
  public void send(String destination, String text) {
    send(Outgoing.to(destination).text(text));
  }

  /** Sends a message at most once, see {@link StompClient#send(Outgoing)}. */
  public void send(Outgoing message) {
    use(
        client -> {
          client.send(message);
          return client;
        });
  }

  /** Sends a message at least once, see {@link StompClient#sendConfirmed}. */
  public Confirmation sendConfirmed(Outgoing message) {
    return use(client -> client.sendConfirmed(message));
  }

  private <T> T use(Function<StompClient, T> work) {
    Pooled connection = connection();
    try {
      return work.apply(connection.client());
    } catch (ConnectionLostException e) {
      if (e.sent() != Sent.NOT_SENT || pool.isHealthy(connection)) {
        throw e;
      }
      // It was closed just then, perhaps for being idle.
      return work.apply(connection().client());
    }
  }

  private Pooled connection() {
    try {
      return source.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException(
          "interrupted while waiting for a connection of the pool; nothing was sent");
    }
  }
}
