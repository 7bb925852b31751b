package io.stompbox.client;

import io.stompbox.protocol.frame.StompException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The outcome of a frame whose receipt was asked for, now or later. Safe to share. */
public final class Confirmation {
  private final String what;

  /** What follows {@link #what}: put together only when it is shown. */
  private final String of;

  private final Executor executor;
  private final Consumer<Outcome> reaction;
  private final CompletableFuture<Outcome> done = new CompletableFuture<>();

  /** Gives up on the frame. Set before anybody else has this. */
  private BooleanSupplier cancellation = () -> false;

  /**
   * Creates one that is open.
   *
   * @param what begins a text such as "SEND to /queue/a"
   * @param of the rest of it
   * @param reaction the library's own; runs on the completing thread and must be short
   */
  Confirmation(String what, String of, Executor executor, Consumer<Outcome> reaction) {
    this.what = what;
    this.of = of;
    this.executor = executor;
    this.reaction = reaction;
  }

  void onCancel(BooleanSupplier giveUp) {
    this.cancellation = giveUp;
  }

  /**
   * Gives up on a send. If no octet of it was written, none will be and the outcome is {@link
   * Outcome.NotSent}; otherwise it is {@link Outcome.Unknown}, the message is not sent again, and a
   * receipt that still comes is only counted ({@link SendCounts#lateReceipts()}). Either has a
   * {@link SendCancelledException} as its cause.
   *
   * @return false if the outcome was known already; it stays
   */
  public boolean cancel() {
    return cancellation.getAsBoolean();
  }

  void complete(Outcome outcome) {
    if (done.complete(outcome)) {
      reaction.accept(outcome);
    }
  }

  /** Returns the outcome; empty if it is not known yet. */
  public Optional<Outcome> outcome() {
    return Optional.ofNullable(done.getNow(null));
  }

  /** Whether the outcome is known. */
  public boolean isDone() {
    return done.isDone();
  }

  /**
   * Waits until the broker has confirmed.
   *
   * @return the details of the confirmation
   * @throws BrokerErrorException if the broker refused
   * @throws PoisonMessageException if the broker ended each connection on which it was sent
   * @throws SendCancelledException if it was cancelled
   * @throws ConnectionLostException if the outcome is unknown or nothing was sent; it says which
   * @throws StompTimeoutException if nothing is known after {@code limit}, or the delivery deadline
   *     passed; the broker may still handle the frame
   * @throws InterruptedException if the thread is interrupted
   */
  public Outcome.Confirmed await(Duration limit) throws InterruptedException {
    Outcome outcome = awaitOutcome(limit);
    if (outcome instanceof Outcome.Confirmed confirmed) {
      return confirmed;
    }
    throw causeOf(outcome);
  }

  /** Waits for the outcome and returns it, whatever it is. */
  Outcome awaitOutcome(Duration limit) throws InterruptedException {
    try {
      return done.get(Durations.nanos(limit), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new StompTimeoutException(
          "no receipt for "
              + what
              + of
              + " within "
              + Durations.text(limit)
              + "; the broker may or may not have handled it");
    } catch (ExecutionException e) {
      throw new AssertionError("confirmations never complete with an exception", e);
    }
  }

  /** Waits up to {@code nanos} until there is an outcome, whatever it is. */
  void awaitQuietly(long nanos) throws InterruptedException {
    try {
      done.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException ignored) {
      // The caller goes on in any case.
    }
  }

  static StompException causeOf(Outcome outcome) {
    if (outcome instanceof Outcome.Rejected rejected) {
      return rejected.cause();
    }
    if (outcome instanceof Outcome.Unknown unknown) {
      return unknown.cause();
    }
    if (outcome instanceof Outcome.NotSent notSent) {
      return notSent.cause();
    }
    throw new IllegalArgumentException("confirmed is not a failure: " + outcome);
  }

  /**
   * Returns a stage that completes with the outcome, whatever it is, and never exceptionally. What
   * depends on it runs on the client's handler executor, or once the client is closed on the thread
   * that learns the outcome.
   */
  public CompletionStage<Outcome> stage() {
    if (done.isDone()) {
      // The executor is gone once the client is closed.
      return done.minimalCompletionStage();
    }
    CompletableFuture<Outcome> told = new CompletableFuture<>();
    var unused = done.thenAccept(outcome -> tell(told, outcome));
    return told.minimalCompletionStage();
  }

  /**
   * As {@link #stage()}, but completes exceptionally with what {@link #await} would throw, unless
   * the broker has confirmed.
   */
  public CompletionStage<Outcome.Confirmed> confirmed() {
    CompletableFuture<Outcome.Confirmed> told = new CompletableFuture<>();
    var unused =
        stage()
            .thenAccept(
                outcome -> {
                  if (outcome instanceof Outcome.Confirmed confirmed) {
                    told.complete(confirmed);
                  } else {
                    told.completeExceptionally(causeOf(outcome));
                  }
                });
    // Not a minimal stage, which would wrap the exception.
    return told;
  }

  private void tell(CompletableFuture<Outcome> told, Outcome outcome) {
    executor.execute(() -> told.complete(outcome));
  }

  @Override
  public String toString() {
    return what + of + ": " + outcome().map(Object::toString).orElse("not known yet");
  }
}
