package io.stompbox.client;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives a handler one message after the other, on the caller's thread, until it has a result. */
final class Loop<R, E extends Exception> {
  private final Pulls pulls;
  private final LoopOptions options;
  private final LoopHandler<R, E> handler;

  Loop(Pulls pulls, LoopOptions options, LoopHandler<R, E> handler) {
    this.pulls = pulls;
    this.options = options;
    this.handler = handler;
  }

  /** Returns the first result that is not empty; empty when the client was closed. */
  Optional<R> run() throws E, InterruptedException {
    pulls.beginLoop();
    try {
      Optional<R> result = Optional.empty();
      boolean isOver = false;
      while (result.isEmpty() && !isOver) {
        Pulled next = next();
        if (next instanceof Pulled.Message message) {
          result = handle(message.delivery());
        } else if (next instanceof Pulled.BrokerError refused) {
          result = handler.onError(refused.error());
        } else if (next instanceof Pulled.Nothing) {
          throw new StompTimeoutException(
              "no message came within " + Durations.text(options.limit()));
        }
        isOver = next instanceof Pulled.End;
      }
      return result;
    } finally {
      pulls.endLoop();
    }
  }

  private Pulled next() throws InterruptedException {
    Transaction transaction = options.transaction();
    return transaction == null
        ? pulls.next(Durations.nanos(options.limit()), null)
        : transaction.next(pulls, options.limit());
  }

  private Optional<R> handle(Delivery delivery) throws E {
    @Nullable Transaction transaction = options.transaction();
    boolean isProcessed = false;
    try {
      Optional<R> result = handler.onMessage(delivery);
      isProcessed = true;
      if (transaction == null) {
        delivery.subscription().processed(delivery);
      } else {
        transaction.processed(delivery);
      }
      return result;
    } catch (Exception | Error e) {
      if (!isProcessed && transaction == null) {
        delivery.subscription().failed(delivery, e);
      }
      throw e;
    }
  }
}
