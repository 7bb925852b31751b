package io.stompbox.client;

import io.stompbox.protocol.frame.StompException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends a client: one thread does, within its limit, and the others wait for that one. */
final class Closing {
  private final Lifecycle lifecycle;
  private final Outbox outbox;
  private final Subscriptions subscriptions;
  private final Reconnector reconnector;
  private final Callbacks callbacks;
  private final CompletableFuture<CloseReport> done = new CompletableFuture<>();

  Closing(
      Lifecycle lifecycle,
      Outbox outbox,
      Subscriptions subscriptions,
      Reconnector reconnector,
      Callbacks callbacks) {
    this.lifecycle = lifecycle;
    this.outbox = outbox;
    this.subscriptions = subscriptions;
    this.reconnector = reconnector;
    this.callbacks = callbacks;
  }

  CloseReport close(Duration limit, Farewell how) {
    long deadline = System.nanoTime() + Durations.nanos(limit);
    int epoch = reconnector.epochs();
    boolean mine =
        lifecycle.transition(ClientState.DRAINING, epoch, null)
            || (lifecycle.state() == ClientState.FAILED
                && lifecycle.transition(ClientState.CLOSED, epoch, null));
    if (!mine) {
      return awaitDone(deadline);
    }
    boolean drained = false;
    StompException failure;
    try {
      drained = drain(deadline, how);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      failure = reconnector.failure();
      shutDown(deadline);
    }
    CloseReport report =
        new CloseReport(outbox.counter().counts(), drained, Optional.ofNullable(failure));
    done.complete(report);
    lifecycle.end().complete(report);
    return report;
  }

  private boolean drain(long deadline, Farewell how) throws InterruptedException {
    outbox.refuseNew(Reconnector.closed());
    if (lifecycle.state() != ClientState.DRAINING) {
      return true;
    }
    boolean quiet = true;
    subscriptions.pulls().end(null);
    subscriptions.replies().end(Reconnector.closed());
    for (Subscription subscription : subscriptions.open()) {
      subscription.end();
    }
    for (Subscription subscription : subscriptions.open()) {
      quiet &= subscription.awaitQuiet(deadline);
    }
    boolean idle = outbox.awaitIdle(deadline);
    reconnector.leave(how, deadline);
    return quiet && idle;
  }

  private void shutDown(long deadline) {
    lifecycle.transition(ClientState.CLOSED, reconnector.epochs(), null);
    reconnector.end();
    outbox.close(Reconnector.closed());
    callbacks.close(deadline);
    subscriptions.bodies().close();
  }

  /** Completes when the client is closed, on the thread that has closed it. */
  CompletionStage<CloseReport> report() {
    return done.minimalCompletionStage();
  }

  private CloseReport awaitDone(long deadline) {
    subscriptions.open().forEach(Subscription::closing);
    callbacks.closing();
    try {
      return done.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return unfinished();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unfinished();
    }
  }

  private CloseReport unfinished() {
    return new CloseReport(outbox.counter().counts(), false, Optional.empty());
  }
}
