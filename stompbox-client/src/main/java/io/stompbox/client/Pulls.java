package io.stompbox.client;

import io.stompbox.protocol.frame.StompException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Pulls from all subscriptions that have no handler, the message that came first before the others.
 * Messages stay in the queues of their subscriptions until they are pulled, so those bound them.
 * Meant for one thread that pulls at a time; everything else is safe to share.
 */
final class Pulls {
  /** How many ERROR frames wait for a loop at most; the oldest give way. */
  private static final int MOST_ERRORS = 100;

  /** How many messages came for subscriptions, whether they have a handler or not. */
  private final AtomicLong sequence = new AtomicLong();

  private final ReentrantLock lock = new ReentrantLock();

  /** One that failed stays until that was told. Guarded by lock. */
  private final Set<Puller> pullers = new LinkedHashSet<>();

  private final ReadyPullers ready = new ReadyPullers();

  /** Those whose failure may have to be told. */
  private final Queue<Puller> failed = new ConcurrentLinkedQueue<>();

  private final Condition changed = lock.newCondition();

  /** How often there was a reason to look again. Guarded by lock. */
  private long changes;

  /** How many threads look or wait, so that whoever has news must tell. */
  private final AtomicInteger watchers = new AtomicInteger();

  /** ERROR frames for the loop that runs; null while none does. Guarded by lock. */
  private @Nullable ArrayDeque<BrokerErrorException> errors;

  /** Whether no more messages come. */
  private volatile boolean ended;

  /** What ended the client against the program's will; null otherwise. Written before the end. */
  private volatile @Nullable StompException failure;

  /**
   * Where the last message came from, which may have to be acknowledged; several where threads
   * pulled at once.
   */
  private final Queue<Puller> unfinished = new ConcurrentLinkedQueue<>();

  /** Returns the place of a message that came among those of all subscriptions, from 1. */
  long nextSequence() {
    return sequence.incrementAndGet();
  }

  void add(Puller puller) {
    lock.lock();
    try {
      pullers.add(puller);
    } finally {
      lock.unlock();
    }
    if (puller.subscription().failure().isPresent()) {
      failed(puller);
    }
  }

  /** Pulls from it no more; tells whether it was pulled from. */
  boolean remove(Puller puller) {
    ready.remove(puller);
    lock.lock();
    try {
      failed.remove(puller);
      return pullers.remove(puller);
    } finally {
      lock.unlock();
    }
  }

  /** The subscriptions that are pulled from, in the order in which they were made. */
  List<Subscription> subscriptions() {
    lock.lock();
    try {
      return pullers.stream().map(Puller::subscription).toList();
    } finally {
      lock.unlock();
    }
  }

  /** A message came, which is told to whoever waits by {@link #changed(Puller)}. */
  void arrived(Puller puller) {
    ready.add(puller);
  }

  /** Messages came, or can be pulled again, or no more come. */
  void changed(Puller puller) {
    arrived(puller);
    removeIfOver(puller);
    changed();
  }

  /** A subscription was ended against the program's will, and what waited was dropped. */
  void failed(Puller puller) {
    ready.remove(puller);
    lock.lock();
    try {
      // Otherwise it was told already, or is not known yet.
      if (pullers.contains(puller)) {
        failed.add(puller);
      }
    } finally {
      lock.unlock();
    }
    changed();
  }

  /** Something came or ended. Costs next to nothing while nobody waits. */
  void changed() {
    if (watchers.get() > 0) {
      signal(any -> {});
    }
  }

  /** An ERROR frame came, which is for the loop, if one runs. */
  void error(BrokerErrorException error) {
    signal(
        waiting -> {
          if (waiting.size() == MOST_ERRORS) {
            waiting.removeFirst();
          }
          waiting.addLast(error);
        });
  }

  private void signal(Consumer<ArrayDeque<BrokerErrorException>> change) {
    lock.lock();
    try {
      if (errors != null) {
        change.accept(errors);
      }
      changes++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** No more messages come. */
  void end(@Nullable StompException cause) {
    failure = cause;
    ended = true;
    signal(any -> {});
  }

  /**
   * Waits for the next message of any subscription; the one before counts as processed.
   *
   * @throws StompException what ended a subscription or the client, told once for each subscription
   */
  Optional<Delivery> receive(Duration limit) throws InterruptedException {
    if (next(Durations.nanos(limit), null) instanceof Pulled.Message message) {
      message.from().pulled(message.delivery());
      unfinished.add(message.from());
      return Optional.of(message.delivery());
    }
    return Optional.empty();
  }

  /** As {@link #receive} without a limit; null when the client was closed. */
  @Nullable Delivery await() throws InterruptedException {
    Optional<Delivery> next = Optional.empty();
    while (next.isEmpty() && !ended) {
      next = receive(Duration.ofDays(1));
    }
    return next.orElse(null);
  }

  /** Lets a loop have ERROR frames, until {@link #endLoop}. */
  void beginLoop() {
    lock.lock();
    try {
      if (errors != null) {
        throw new IllegalStateException(
            "another loop runs already; messages are pulled by one thread at a time");
      }
      errors = new ArrayDeque<>();
    } finally {
      lock.unlock();
    }
  }

  void endLoop() {
    lock.lock();
    try {
      errors = null;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for what comes next, and leaves it to the caller to acknowledge it.
   *
   * @param in takes messages of its own connection only, and ends the wait when it is rolled back;
   *     null takes all
   */
  Pulled next(long nanos, @Nullable Transaction in) throws InterruptedException {
    finishLast();
    watchers.incrementAndGet();
    try {
      long deadline = System.nanoTime() + nanos;
      while (true) {
        long seen = changes();
        Pulled found = look(in);
        if (!(found instanceof Pulled.Nothing) || !awaitChange(seen, deadline)) {
          return found;
        }
      }
    } finally {
      watchers.decrementAndGet();
    }
  }

  private void finishLast() {
    Puller last = unfinished.poll();
    while (last != null) {
      last.finish();
      last = unfinished.poll();
    }
  }

  private long changes() {
    lock.lock();
    try {
      return changes;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until something has changed since; false if nothing did by the deadline. */
  private boolean awaitChange(long since, long deadline) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = deadline - System.nanoTime();
      while (changes == since && left > 0) {
        left = changed.awaitNanos(left);
      }
      return changes != since;
    } finally {
      lock.unlock();
    }
  }

  private Pulled look(@Nullable Transaction in) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    BrokerErrorException error = pollError();
    if (error != null) {
      return new Pulled.BrokerError(error);
    }
    if (in != null) {
      in.checkOpen();
    }
    Pulled.Message message = oldest(in == null ? Integer.MAX_VALUE : in.epoch());
    if (message != null) {
      return message;
    }
    throwFailure();
    return ended ? new Pulled.End() : new Pulled.Nothing();
  }

  private @Nullable BrokerErrorException pollError() {
    lock.lock();
    try {
      return errors == null ? null : errors.pollFirst();
    } finally {
      lock.unlock();
    }
  }

  /** Takes the message that came first; null if none waits. None of a later connection. */
  private Pulled.@Nullable Message oldest(int lastEpoch) {
    Pulled.Message first = ready.poll(lastEpoch);
    while (first != null) {
      Delivery taken = take(first);
      if (taken != null) {
        return new Pulled.Message(first.from(), taken);
      }
      first = ready.poll(lastEpoch);
    }
    return null;
  }

  private @Nullable Delivery take(Pulled.Message first) {
    try {
      return first.from().take(first.delivery());
    } finally {
      arrived(first.from());
      removeIfOver(first.from());
      if (watchers.get() > 1) {
        // Others have not found the messages behind this one in the meantime.
        changed();
      }
    }
  }

  private void removeIfOver(Puller puller) {
    if (puller.isOver() && puller.subscription().failure().isEmpty()) {
      remove(puller);
    }
  }

  private void throwFailure() {
    Puller puller = failed.poll();
    while (puller != null) {
      if (remove(puller)) {
        puller.throwFailure();
      }
      puller = failed.poll();
    }
    StompException cause = failure;
    if (cause != null) {
      throw cause;
    }
  }
}
