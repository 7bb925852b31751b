package io.stompbox.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/** Runs what may wait, and gives a stage for it. */
final class Later {
  private Later() {}

  /**
   * Runs {@code work} on a thread of {@code executor}, where the stage completes with its result or
   * with what it throws, as it is: a minimal stage would wrap it. If the client is closed the stage
   * has failed already.
   */
  static <T> CompletionStage<T> run(Executor executor, Supplier<T> work) {
    CompletableFuture<T> done = new CompletableFuture<>();
    try {
      executor.execute(() -> complete(done, work));
    } catch (RejectedExecutionException closed) {
      done.completeExceptionally(Reconnector.closed());
    }
    return done;
  }

  /** What a stage failed with, whether it tells by itself or through another that depends on it. */
  static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }

  /** Whatever the work throws is the business of who waits for the stage. */
  private static <T> void complete(CompletableFuture<T> done, Supplier<T> work) {
    T result;
    try {
      result = work.get();
    } catch (Throwable e) {
      done.completeExceptionally(e);
      return;
    }
    done.complete(result);
  }
}
