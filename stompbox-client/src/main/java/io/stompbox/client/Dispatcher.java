package io.stompbox.client;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Hands the messages of one subscription to its handler, as many at a time as it may. Holds threads
 * only while handlers run, not while their stages have yet to complete.
 */
final class Dispatcher {
  private final Subscription subscription;
  private final NextDelivery next;
  private final Recipient recipient;
  private final Executor executor;
  private final int concurrency;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition quiet = lock.newCondition();

  /**
   * Runs that have not ended: on a thread, or waiting for a message's stage. Changed under lock.
   */
  private final AtomicInteger running = new AtomicInteger();

  /** How often there was a reason to look for messages. */
  private final AtomicLong wakes = new AtomicLong();

  /** Threads that handle messages, so that none waits for itself. Guarded by lock. */
  private final Set<Thread> inHandler = new HashSet<>();

  /** Those of them that wait for their client to be closed by another. Guarded by lock. */
  private final Set<Thread> closing = new HashSet<>();

  /** Whether there were any, which is rare. Written under lock. */
  private volatile boolean hasClosing;

  Dispatcher(Subscription subscription, NextDelivery next, Recipient recipient, Executor executor) {
    this.subscription = subscription;
    this.next = next;
    this.recipient = recipient;
    this.executor = executor;
    this.concurrency = subscription.options().handling().concurrency();
  }

  /** Makes sure that messages in the queue are handled. */
  void wake() {
    wakes.incrementAndGet();
    // A run looks at the wakes once more after it has said that it ends.
    if (running.get() >= concurrency) {
      return;
    }
    lock.lock();
    try {
      if (running.get() >= concurrency) {
        return;
      }
      running.incrementAndGet();
    } finally {
      lock.unlock();
    }
    start(this::run);
  }

  private void start(Runnable task) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException closed) {
      // The client is closed, so nobody handles messages any more.
      stop();
    } catch (Error e) {
      // No thread can be had now. The reader ends its link for it, and messages come again.
      stop();
      throw e;
    }
  }

  private void run() {
    enter(Thread.currentThread());
    try {
      handleAll();
    } finally {
      leave(Thread.currentThread());
    }
  }

  private void handleAll() {
    long seen;
    do {
      seen = wakes.get();
      Delivery delivery = next.take();
      while (delivery != null) {
        if (running.get() < concurrency && next.hasMore()) {
          // One wake may stand for many messages.
          wake();
        }
        if (!handle(delivery)) {
          return;
        }
        delivery = next.take();
      }
    } while (!stopUnlessWokenSince(seen));
  }

  /** False if the run goes on elsewhere, when the stage of this message has completed. */
  private boolean handle(Delivery delivery) {
    CompletionStage<?> stage = begin(delivery);
    if (stage != null) {
      Processing processing = new Processing(delivery);
      processing.awaits(stage);
      if (processing.isLeftToStage()) {
        return false;
      }
      processing.conclude();
    }
    release(delivery);
    return true;
  }

  /**
   * Gives a message to its recipient; null if nothing is to be waited for. Whatever is thrown
   * concerns this message only, so all of it is caught.
   */
  private @Nullable CompletionStage<?> begin(Delivery delivery) {
    try {
      if (subscription.dropIfSeen(delivery)) {
        next.notNeeded();
        return null;
      }
      next.check(delivery);
      CompletionStage<?> stage = recipient.take(delivery);
      if (stage != Recipient.DONE) {
        return stage;
      }
      subscription.processed(delivery);
    } catch (Throwable e) {
      subscription.failed(delivery, e);
    } finally {
      handled();
    }
    return null;
  }

  private void handled() {
    // The thread is this dispatcher's: an interrupt was meant for the handler that has ended.
    Thread.interrupted();
    if (hasClosing) {
      lock.lock();
      try {
        closing.remove(Thread.currentThread());
      } finally {
        lock.unlock();
      }
    }
  }

  private void release(Delivery delivery) {
    if (next.release(delivery)) {
      wake();
    }
  }

  private void enter(Thread thread) {
    lock.lock();
    try {
      inHandler.add(thread);
    } finally {
      lock.unlock();
    }
  }

  private void leave(Thread thread) {
    handled();
    lock.lock();
    try {
      inHandler.remove(thread);
    } finally {
      lock.unlock();
    }
  }

  /** Tells whether the run may end: whoever wakes it while it looks in vain must not be missed. */
  private boolean stopUnlessWokenSince(long seen) {
    lock.lock();
    try {
      running.decrementAndGet();
      if (wakes.get() != seen) {
        running.incrementAndGet();
        return false;
      }
      quiet.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void stop() {
    lock.lock();
    try {
      running.decrementAndGet();
      quiet.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes note that this thread, if it is inside the handler, waits for its client to close. */
  void closing() {
    lock.lock();
    try {
      if (inHandler.contains(Thread.currentThread())) {
        closing.add(Thread.currentThread());
        hasClosing = true;
        quiet.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until no handler runs, but for one that this thread is inside of, and those that wait for
   * this thread to close the client.
   */
  boolean awaitQuiet(long deadline) {
    lock.lock();
    try {
      long left = deadline - System.nanoTime();
      while (!isQuiet() && left > 0) {
        left = quiet.awaitNanos(left);
      }
      return isQuiet();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private boolean isQuiet() {
    Thread self = Thread.currentThread();
    boolean isWaitedFor = inHandler.contains(self) && !closing.contains(self);
    return running.get() == closing.size() + (isWaitedFor ? 1 : 0);
  }

  /** A message whose processing ends when a stage completes, be that at once or later. */
  private final class Processing {
    /** Stands for a result that the run does not wait for. */
    private static final Result LATER = new Result(null);

    private final Delivery delivery;
    private final AtomicReference<@Nullable Result> result = new AtomicReference<>();

    /**
     * What the stage completed with.
     *
     * @param failure why the message was not processed; null if it was
     */
    private record Result(@Nullable Throwable failure) {}

    Processing(Delivery delivery) {
      this.delivery = delivery;
    }

    void awaits(CompletionStage<?> stage) {
      try {
        var unused = stage.whenComplete((value, failure) -> completed(failure));
      } catch (RuntimeException e) {
        completed(e);
      }
    }

    /** Runs on any thread, which is not to do more than this. */
    private void completed(@Nullable Throwable failure) {
      Result told = new Result(failure == null ? null : Later.unwrapped(failure));
      if (!result.compareAndSet(null, told) && result.compareAndSet(LATER, told)) {
        start(this::goOn);
      }
    }

    /** Whether the run ends here, to go on when the stage completes. */
    boolean isLeftToStage() {
      return result.compareAndSet(null, LATER);
    }

    private void goOn() {
      enter(Thread.currentThread());
      try {
        conclude();
        release(delivery);
        handleAll();
      } finally {
        leave(Thread.currentThread());
      }
    }

    void conclude() {
      Result told = result.get();
      Throwable failure = told == null ? null : told.failure();
      try {
        if (failure == null) {
          subscription.processed(delivery);
        } else {
          subscription.failed(delivery, failure);
        }
      } catch (RuntimeException | Error e) {
        subscription.failed(delivery, e);
      } finally {
        handled();
      }
    }
  }
}
