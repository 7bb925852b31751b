package io.stompbox.client;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * A {@link StompClient} whose methods give stages and never wait. It shares everything with the
 * client it comes from: connections, subscriptions, limits.
 *
 * <p>What a blocking method would throw, its stage completes with, mistakes of the program among
 * them. Stages complete on the client's handler executor, never on the threads that read and write,
 * so what depends on them may wait; one that is complete already runs what is added on the thread
 * that adds it. Safe to share between threads.
 */
public final class AsyncClient {
  private final StompClient client;
  private final Sends sends;
  private final Requester requester;
  private final Closing closing;
  private final Executor executor;

  AsyncClient(
      StompClient client, Sends sends, Requester requester, Closing closing, Executor executor) {
    this.client = client;
    this.sends = sends;
    this.requester = requester;
    this.closing = closing;
    this.executor = executor;
  }

  /**
   * Sends a message at most once, see {@link StompClient#send(Outgoing)}. The stage is complete
   * when this returns: the message is in the outgoing buffer, or the stage has failed. It fails
   * with {@link StompTimeoutException} if there is no room.
   */
  public CompletionStage<Void> send(Outgoing message) {
    try {
      sends.plain(message, Duration.ZERO);
      return CompletableFuture.completedStage(null);
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  /**
   * Sends a message at least once, see {@link StompClient#sendConfirmed}. The stage completes when
   * the broker has confirmed and fails with what {@link Confirmation#await} would throw. It has
   * failed already, with {@link StompTimeoutException}, if there is no room in the outgoing buffer
   * or among the unconfirmed sends: then nothing is sent. Wait for an earlier send, or raise {@link
   * Bounds}.
   */
  public CompletionStage<Outcome.Confirmed> sendConfirmed(Outgoing message) {
    try {
      return sends.confirmed(message, Duration.ZERO).confirmed();
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  /**
   * Sends a request, see {@link StompClient#request}. The stage completes with the reply and fails
   * as that method throws. No thread is kept until the reply comes. Cancelling its {@link
   * CompletionStage#toCompletableFuture()} ends the waiting; the request may be handled all the
   * same.
   *
   * @param limit for the connection and the reply
   */
  public CompletionStage<Delivery> request(Outgoing message, Duration limit) {
    return requester.requestLater(message, limit, executor);
  }

  /** Subscribes with everything by default, see the other method. */
  public CompletionStage<Subscription> subscribe(String destination, AsyncMessageHandler handler) {
    return subscribe(destination, SubscribeOptions.defaults(), handler);
  }

  /**
   * Subscribes with a handler that gives stages. The stage completes when the broker has confirmed;
   * messages may come before. It fails as {@link StompClient#subscribe(String, SubscribeOptions,
   * MessageHandler)} throws.
   */
  public CompletionStage<Subscription> subscribe(
      String destination, SubscribeOptions how, AsyncMessageHandler handler) {
    Recipient recipient = Recipient.of(handler);
    return later(() -> client.subscribeFor(recipient, destination, how));
  }

  /**
   * Ends a subscription, see {@link Subscription#close()}. The stage completes when handlers that
   * run have finished and UNSUBSCRIBE is on its way; a handler must not let its own stage wait for
   * it.
   */
  public CompletionStage<Void> unsubscribe(Subscription subscription) {
    return done(subscription::close);
  }

  /**
   * Begins a transaction, see {@link StompClient#begin()}. Its own methods wait for room as those
   * of the client do; commit and abort it with the methods here.
   */
  public CompletionStage<Transaction> begin() {
    return later(client::begin);
  }

  /**
   * Commits. The stage completes with the broker's receipt and fails as {@link
   * Transaction#commit()} throws.
   */
  public CompletionStage<Void> commit(Transaction transaction) {
    return done(transaction::commit);
  }

  /** Aborts, see {@link Transaction#abort()}. */
  public CompletionStage<Void> abort(Transaction transaction) {
    return done(transaction::abort);
  }

  /**
   * Runs {@code work} in a transaction: commits when its stage completes, aborts when that fails.
   *
   * @return what completes with the result of the work once the broker has confirmed the commit. It
   *     fails with what the work failed with, or as {@link Transaction#commit()} throws
   */
  public <T> CompletionStage<T> inTransaction(AsyncTransactionWork<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    var unused =
        begin()
            .thenCompose(transaction -> run(work, transaction))
            .whenComplete(
                (value, failure) -> {
                  if (failure == null) {
                    result.complete(value);
                  } else {
                    result.completeExceptionally(Later.unwrapped(failure));
                  }
                });
    return result;
  }

  private <T> CompletionStage<T> run(AsyncTransactionWork<T> work, Transaction transaction) {
    CompletionStage<T> working;
    try {
      working = Objects.requireNonNull(work.run(transaction), "the work returned null, no stage");
    } catch (Exception | Error e) {
      working = CompletableFuture.failedStage(e);
    }
    return working
        .handle((value, failure) -> failure == null)
        .thenCompose(isDone -> isDone ? commit(transaction) : abortQuietly(transaction))
        .thenCombine(working, (ended, value) -> value);
  }

  /** What the work failed with says more. */
  private CompletionStage<Void> abortQuietly(Transaction transaction) {
    return abort(transaction).exceptionally(ignored -> null);
  }

  /** Closes within the limit that was set for closing, see {@link #close(Duration)}. */
  public CompletionStage<CloseReport> close() {
    return closing(client::close);
  }

  /**
   * Closes, see {@link StompClient#close(Duration)}. The stage never fails; that of a second call
   * completes with the first. A handler must not let its own stage wait for it.
   */
  public CompletionStage<CloseReport> close(Duration limit) {
    return closing(() -> client.close(limit));
  }

  private CompletionStage<CloseReport> closing(Runnable close) {
    try {
      executor.execute(close);
    } catch (RejectedExecutionException closed) {
      // Whoever closes it will tell, or has told.
    }
    return closing.report();
  }

  private <T> CompletionStage<T> later(Supplier<T> work) {
    return Later.run(executor, work);
  }

  private CompletionStage<Void> done(Runnable work) {
    return Later.run(
        executor,
        () -> {
          work.run();
          return null;
        });
  }
}
