package io.stompbox.client;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets a link that ends call its writer back from the program's {@link BodySource}, which may block
 * for as long as it likes. Safe to share between threads.
 */
final class SourceReading {
  private final ReentrantLock lock = new ReentrantLock();

  /** The thread that is inside a source; null while none is. Guarded by lock. */
  private @Nullable Thread reading;

  /** Guarded by lock. */
  private boolean aborted;

  /** This thread goes into a source. */
  void enter() throws BodyFailure {
    lock.lock();
    try {
      if (aborted) {
        throw new BodyFailure("is not read any more, as the connection has ended");
      }
      reading = Thread.currentThread();
    } finally {
      lock.unlock();
    }
  }

  /**
   * As {@link #enter}, but to close the source, which is done after the connection has ended too.
   */
  void enterToClose() {
    lock.lock();
    try {
      reading = Thread.currentThread();
      if (aborted) {
        reading.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  /** This thread is back; an interrupt that came meanwhile was meant for the source. */
  void leave() {
    lock.lock();
    try {
      reading = null;
      Thread.interrupted();
    } finally {
      lock.unlock();
    }
  }

  /** Has no source read any more: interrupts whoever reads. Never waits. */
  void abort() {
    lock.lock();
    try {
      aborted = true;
      if (reading != null) {
        reading.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }
}
