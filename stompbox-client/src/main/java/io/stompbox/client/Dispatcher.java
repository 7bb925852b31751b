package io.stompbox.client;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hands the messages of one subscription to its handler, on as many threads at a time as it may.
 * Holds threads only while there are messages.
 */
final class Dispatcher {
  private final Subscription subscription;
  private final NextDelivery next;
  private final MessageHandler handler;
  private final Executor executor;
  private final int concurrency;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition quiet = lock.newCondition();

  /** Runs that were given to the executor and have not ended. Guarded by lock. */
  private int running;

  /** How often there was a reason to look for messages. Guarded by lock. */
  private long wakes;

  /** Threads inside the handler, so that none waits for itself. Guarded by lock. */
  private final Set<Thread> inHandler = new HashSet<>();

  /** Those of them that wait for their client to be closed by another. Guarded by lock. */
  private final Set<Thread> closing = new HashSet<>();

  Dispatcher(
      Subscription subscription, NextDelivery next, MessageHandler handler, Executor executor) {
    this.subscription = subscription;
    this.next = next;
    this.handler = handler;
    this.executor = executor;
    this.concurrency = subscription.options().handling().concurrency();
  }

  /** Makes sure that messages in the queue are handled. */
  void wake() {
    lock.lock();
    try {
      wakes++;
      if (running >= concurrency) {
        return;
      }
      running++;
    } finally {
      lock.unlock();
    }
    try {
      executor.execute(this::run);
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
    long seen;
    do {
      seen = wakes();
      Delivery delivery = next.take();
      while (delivery != null) {
        handle(delivery);
        if (next.release(delivery)) {
          wake();
        }
        delivery = next.take();
      }
    } while (!stopUnlessWokenSince(seen));
  }

  /** Whatever a handler throws concerns its message only, so all of it is caught. */
  private void handle(Delivery delivery) {
    enter(Thread.currentThread());
    try {
      if (!subscription.dropIfSeen(delivery)) {
        next.check(delivery);
        handler.onMessage(delivery);
        subscription.processed(delivery);
      }
    } catch (Throwable e) {
      subscription.failed(delivery, e);
    } finally {
      // The thread is this dispatcher's: an interrupt was meant for the handler that has ended.
      Thread.interrupted();
      leave(Thread.currentThread());
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
    lock.lock();
    try {
      inHandler.remove(thread);
      closing.remove(thread);
    } finally {
      lock.unlock();
    }
  }

  private long wakes() {
    lock.lock();
    try {
      return wakes;
    } finally {
      lock.unlock();
    }
  }

  /** Tells whether the run may end: whoever wakes it while it looks in vain must not be missed. */
  private boolean stopUnlessWokenSince(long seen) {
    lock.lock();
    try {
      if (wakes != seen) {
        return false;
      }
      stop();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void stop() {
    lock.lock();
    try {
      running--;
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
    return running == closing.size() + (isWaitedFor ? 1 : 0);
  }
}
