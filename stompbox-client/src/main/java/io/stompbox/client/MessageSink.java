package io.stompbox.client;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sends what a reactive stream gives, each message at least once. Its demand is its window: it
 * requests as many messages as may be unconfirmed, and another for each that is decided. Serves one
 * stream; safe to share between threads.
 *
 * <p>Where others use the same client, or messages are large, there may be no room although the
 * window has some: then {@code onNext} waits as {@link StompClient#sendConfirmed} does.
 */
public final class MessageSink implements Flow.Subscriber<Outgoing> {
  private final StompClient client;
  private final int window;
  private final WhenSendFails policy;
  private final CompletableFuture<SinkCounts> done = new CompletableFuture<>();

  /** Never held while other code runs. */
  private final ReentrantLock lock = new ReentrantLock();

  /** Null before there is one. Guarded by lock. */
  private Flow.@Nullable Subscription upstream;

  /** Whether no more messages are taken. Guarded by lock. */
  private boolean isEnding;

  /** Why the stage will fail; null if it will not. Guarded by lock. */
  private @Nullable Throwable cause;

  /** Guarded by lock. */
  private int unconfirmed;

  /** Guarded by lock. */
  private SinkCounts counts = new SinkCounts(0, 0);

  MessageSink(StompClient client, int window, WhenSendFails policy) {
    this.client = client;
    this.window = window;
    this.policy = policy;
  }

  /**
   * Returns what completes when the stream has ended and each of its messages is decided. It fails
   * with what the stream failed with, or with what a send failed with if that has ended it; {@link
   * #counts()} says how far it came. It completes on the client's handler executor or on the thread
   * that brings the last signal.
   */
  public CompletionStage<SinkCounts> completion() {
    return done;
  }

  /** What became of its messages so far. */
  public SinkCounts counts() {
    lock.lock();
    try {
      return counts;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    Objects.requireNonNull(subscription, "subscription");
    boolean isFirst;
    lock.lock();
    try {
      isFirst = upstream == null;
      upstream = isFirst ? subscription : upstream;
    } finally {
      lock.unlock();
    }
    if (isFirst) {
      subscription.request(window);
    } else {
      subscription.cancel();
    }
  }

  @Override
  public void onNext(Outgoing message) {
    Objects.requireNonNull(message, "message");
    if (!begin()) {
      return;
    }
    try {
      var unused = client.sendConfirmed(message).stage().thenAccept(this::decided);
    } catch (RuntimeException e) {
      settle(e);
    }
  }

  /** Tells whether another message is taken. */
  private boolean begin() {
    lock.lock();
    try {
      unconfirmed += isEnding ? 0 : 1;
      return !isEnding;
    } finally {
      lock.unlock();
    }
  }

  private void decided(Outcome outcome) {
    settle(outcome instanceof Outcome.Confirmed ? null : Confirmation.causeOf(outcome));
  }

  /** A message is decided: confirmed if there is no failure. */
  private void settle(@Nullable RuntimeException failure) {
    Flow.Subscription source;
    boolean isLast;
    lock.lock();
    try {
      unconfirmed--;
      counts = counts.plus(failure == null);
      isLast = failure != null && policy == WhenSendFails.CANCEL && !isEnding;
      source = isEnding ? null : upstream;
      if (isLast) {
        isEnding = true;
        cause = failure;
      }
    } finally {
      lock.unlock();
    }
    if (source != null && isLast) {
      source.cancel();
    } else if (source != null) {
      source.request(1);
    }
    completeIfDone();
  }

  @Override
  public void onError(Throwable failure) {
    end(Objects.requireNonNull(failure, "failure"));
  }

  @Override
  public void onComplete() {
    end(null);
  }

  private void end(@Nullable Throwable failure) {
    lock.lock();
    try {
      if (!isEnding) {
        isEnding = true;
        cause = failure;
      }
    } finally {
      lock.unlock();
    }
    completeIfDone();
  }

  private void completeIfDone() {
    SinkCounts result;
    Throwable failure;
    lock.lock();
    try {
      if (!isEnding || unconfirmed > 0) {
        return;
      }
      result = counts;
      failure = cause;
    } finally {
      lock.unlock();
    }
    if (failure == null) {
      done.complete(result);
    } else {
      done.completeExceptionally(failure);
    }
  }

  @Override
  public String toString() {
    return "sink of " + window + ": " + counts();
  }
}
