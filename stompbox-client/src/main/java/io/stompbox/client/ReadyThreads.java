package io.stompbox.client;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;

/**
 * Threads that are there and wait for a word to begin, so that who needs several has all or none.
 */
final class ReadyThreads {
  private final ThreadFactory factory;
  private final CountDownLatch decided = new CountDownLatch(1);
  private volatile boolean isWanted;

  ReadyThreads(ThreadFactory factory) {
    this.factory = factory;
  }

  /** Gets one more; throws what the factory or the JVM throws if there is none. */
  void add(String name, Runnable task) {
    Threads.start(factory, name, () -> runIfWanted(task));
  }

  private void runIfWanted(Runnable task) {
    boolean isDecided = false;
    while (!isDecided) {
      try {
        decided.await();
        isDecided = true;
      } catch (InterruptedException ignored) {
        // Nobody has this thread but those who made it, and what it is for must happen all the
        // same: without one of its threads, a connection would neither work nor end.
      }
    }
    if (isWanted) {
      task.run();
    }
  }

  /** Lets all of them begin. */
  void go() {
    isWanted = true;
    decided.countDown();
  }

  /** Lets all of them end. */
  void abandon() {
    decided.countDown();
  }
}
