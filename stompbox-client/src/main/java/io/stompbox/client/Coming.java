package io.stompbox.client;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Iterates over what comes, waiting for each; for one thread. */
final class Coming<T> implements Iterator<T> {
  private final String what;
  private final Source<T> source;
  private @Nullable T next;

  /** Where it comes from. */
  interface Source<T> {
    /** Waits for the next; null if no more come. */
    @Nullable T await() throws InterruptedException;
  }

  /**
   * Creates one.
   *
   * @param what whose end ends it, for messages
   */
  Coming(String what, Source<T> source) {
    this.what = what;
    this.source = source;
  }

  @Override
  public boolean hasNext() {
    try {
      if (next == null) {
        next = source.await();
      }
      return next != null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for " + what + "; none is lost");
    }
  }

  @Override
  public T next() {
    T item = hasNext() ? next : null;
    next = null;
    if (item == null) {
      throw new NoSuchElementException("no more of " + what + ": it is closed");
    }
    return item;
  }
}
