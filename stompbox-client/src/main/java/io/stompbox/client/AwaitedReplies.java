package io.stompbox.client;

import io.stompbox.client.ConnectionLostException.Sent;
import io.stompbox.protocol.frame.StompException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Requests that wait for their replies, each until one comes or can't come. Safe to share. */
final class AwaitedReplies {
  static final String CORRELATION_ID = "correlation-id";

  private final Map<String, Awaited> byCorrelation = new ConcurrentHashMap<>();
  private final Consumer<Delivery> late;

  /**
   * Creates it without any.
   *
   * @param late hears of replies that nobody waits for
   */
  AwaitedReplies(Consumer<Delivery> late) {
    this.late = late;
  }

  /**
   * A request.
   *
   * @param epoch the connection that it is sent on
   * @param isBound whether the reply can come on that connection only
   */
  record Awaited(
      String destination, int epoch, boolean isBound, CompletableFuture<Delivery> reply) {
    void fail(StompException cause) {
      reply.completeExceptionally(cause);
    }

    /** Nobody waits any more; a reply that has come all the same is nobody's. */
    void abandon() {
      if (!reply.cancel(false) && !reply.isCompletedExceptionally()) {
        reply.join().deleteBody();
      }
    }
  }

  /**
   * Registers a request.
   *
   * @throws IllegalArgumentException if another with this correlation-id waits
   */
  void add(String correlation, Awaited awaited) {
    if (byCorrelation.putIfAbsent(correlation, awaited) != null) {
      throw new IllegalArgumentException(
          "another request with the correlation-id '" + correlation + "' waits for its reply");
    }
  }

  /** Forgets a request, unless another waits with its correlation-id. */
  void remove(String correlation, Awaited awaited) {
    byCorrelation.remove(correlation, awaited);
  }

  /** A reply came. */
  void arrived(Delivery reply) {
    String correlation = reply.headers().get(CORRELATION_ID);
    Awaited awaited = correlation == null ? null : byCorrelation.remove(correlation);
    // Before the program may have it.
    reply.stored().keep();
    if (awaited == null || !awaited.reply().complete(reply)) {
      reply.deleteBody();
      late.accept(reply);
    }
  }

  /** A connection is gone, and with it what was to bring replies. */
  void ended(int epoch) {
    for (Awaited awaited : byCorrelation.values()) {
      if (awaited.isBound() && awaited.epoch() <= epoch) {
        awaited.fail(
            new ConnectionLostException(
                "the connection was lost that the reply to a request to "
                    + awaited.destination()
                    + " was to come on; the request may have been handled",
                Sent.UNKNOWN));
      }
    }
  }

  /** No replies come any more. */
  void end(StompException cause) {
    byCorrelation.values().forEach(awaited -> awaited.fail(cause));
  }
}
