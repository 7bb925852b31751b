package io.stompbox.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Threads that do the work of a run. For one thread, but for what they do themselves. */
final class Workers {
  private final List<Thread> threads = new ArrayList<>();
  private final CountDownLatch running;
  private final AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();

  Workers(String name, List<? extends Work> works) {
    this.running = new CountDownLatch(works.size());
    for (int i = 0; i < works.size(); i++) {
      Work work = works.get(i);
      Thread thread = new Thread(() -> run(work), "stompbox-bench-" + name + "-" + i);
      thread.setDaemon(true);
      threads.add(thread);
    }
  }

  void start() {
    threads.forEach(Thread::start);
  }

  private void run(Work work) {
    try {
      work.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (CancellationException interrupted) {
      // So says a client whose caller was interrupted.
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      thrown.compareAndSet(null, e);
    } finally {
      running.countDown();
    }
  }

  /** Waits up to so many nanoseconds; whether all have ended. */
  boolean await(long nanos) throws InterruptedException {
    return running.await(nanos, TimeUnit.NANOSECONDS);
  }

  void interrupt() {
    threads.forEach(Thread::interrupt);
  }

  /** Throws what a worker threw that is no fault of the broker. */
  void check() {
    Throwable found = thrown.get();
    if (found instanceof Error error) {
      throw error;
    }
    if (found instanceof RuntimeException exception) {
      throw exception;
    }
  }
}
