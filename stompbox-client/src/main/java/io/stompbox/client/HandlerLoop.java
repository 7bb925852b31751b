package io.stompbox.client;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Hands the messages of one subscription to its handler, one at a time. Holds a thread only while
 * there are messages.
 */
final class HandlerLoop {
  private final Subscription subscription;
  private final DeliveryQueue queue;
  private final MessageHandler handler;
  private final Executor executor;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition quiet = lock.newCondition();

  /** Whether a run was given to the executor and has not ended. Guarded by lock. */
  private boolean isRunning;

  /**
   * The thread that is inside the handler, so that it does not wait for itself. Guarded by lock.
   */
  private @Nullable Thread inHandler;

  /** Whether that thread waits for its client to be closed by another. Guarded by lock. */
  private boolean isClosing;

  HandlerLoop(
      Subscription subscription, DeliveryQueue queue, MessageHandler handler, Executor executor) {
    this.subscription = subscription;
    this.queue = queue;
    this.handler = handler;
    this.executor = executor;
  }

  /** Makes sure that messages in the queue are handled. */
  void wake() {
    lock.lock();
    try {
      if (isRunning) {
        return;
      }
      isRunning = true;
    } finally {
      lock.unlock();
    }
    try {
      executor.execute(this::run);
    } catch (RejectedExecutionException closing) {
      // The client is closed, so nobody handles messages any more.
      stopped();
    }
  }

  private void run() {
    Delivery delivery = queue.poll();
    while (delivery != null) {
      handle(delivery);
      delivery = queue.poll();
    }
    stopped();
    if (!queue.isEmpty()) {
      wake();
    }
  }

  /** Whatever a handler throws concerns its message only, so all of it is caught. */
  private void handle(Delivery delivery) {
    enter(Thread.currentThread());
    try {
      handler.onMessage(delivery);
      subscription.processed(delivery);
    } catch (Throwable e) {
      subscription.failed(delivery, e);
    } finally {
      // The thread is this loop's: an interrupt was meant for the handler that has ended.
      Thread.interrupted();
      enter(null);
    }
  }

  private void enter(@Nullable Thread thread) {
    lock.lock();
    try {
      inHandler = thread;
      isClosing = false;
    } finally {
      lock.unlock();
    }
  }

  private void stopped() {
    lock.lock();
    try {
      isRunning = false;
      quiet.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes note that this thread, if it is inside the handler, waits for its client to close. */
  void closing() {
    lock.lock();
    try {
      if (inHandler == Thread.currentThread()) {
        isClosing = true;
        quiet.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until it does not run; true at once if this thread is inside the handler, or the handler
   * waits for this thread to close the client.
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
    return !isRunning || isClosing || inHandler == Thread.currentThread();
  }
}
