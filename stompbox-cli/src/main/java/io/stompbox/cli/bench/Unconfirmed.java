package io.stompbox.cli.bench;

import io.stompbox.client.Confirmation;
import io.stompbox.client.Outcome;
import io.stompbox.protocol.frame.StompException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The sends of one producer that wait for their confirmation, so many at most. A thread waits for
 * one after the other, which is the order in which brokers confirm.
 */
final class Unconfirmed {
  private static final Duration LONG = Duration.ofHours(1);

  /** How soon the thread sees that nothing more comes. */
  private static final long GLANCE_MILLIS = 20;

  /** How long an interrupted thread, which ends at once as a rule, is waited for. */
  private static final long END_MILLIS = 400;

  private final BenchState state;
  private final int index;
  private final Semaphore room;
  private final BlockingQueue<Pending> pending;
  private final Thread waiter;

  /** Written by the producer before it waits for the thread. */
  private volatile boolean complete;

  private record Pending(Confirmation confirmation, int number, long due) {}

  Unconfirmed(BenchState state, int index) {
    int window = state.plan().producing().window();
    this.state = state;
    this.index = index;
    this.room = new Semaphore(window);
    this.pending = new ArrayBlockingQueue<>(window);
    this.waiter = new Thread(this::await, "stompbox-bench-confirmations-" + index);
    waiter.setDaemon(true);
    waiter.start();
  }

  /** Waits until there is room for one more. */
  void acquire() throws InterruptedException {
    room.acquire();
  }

  /** Gives back room that was not used. */
  void release() {
    room.release();
  }

  /** Takes a send for which there is room. */
  void add(Confirmation confirmation, int number, long due) {
    pending.add(new Pending(confirmation, number, due));
  }

  /** Waits until all are confirmed, or known not to be. */
  void drain() throws InterruptedException {
    complete = true;
    waiter.join();
  }

  /** Ends the thread and waits for that, so that nothing more is counted. */
  void abandon() {
    waiter.interrupt();
    boolean wasInterrupted = Thread.interrupted();
    try {
      waiter.join(END_MILLIS);
    } catch (InterruptedException e) {
      wasInterrupted = true;
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void await() {
    try {
      boolean isDone = false;
      while (!isDone) {
        // Asked for first: what was added before is found then.
        boolean isLast = complete;
        Pending next = pending.poll(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
        if (next != null) {
          settle(next);
        }
        isDone = isLast && next == null;
      }
    } catch (InterruptedException abandoned) {
      Thread.currentThread().interrupt();
    }
  }

  private void settle(Pending send) throws InterruptedException {
    try {
      send.confirmation().await(LONG);
      state.confirmed(send.due());
    } catch (StompException e) {
      if (send.confirmation().outcome().filter(Unconfirmed::isWithoutEffect).isPresent()) {
        state.refused(send.due(), e);
      } else {
        state.doubt(index, send.number(), e);
      }
    } finally {
      room.release();
    }
  }

  private static boolean isWithoutEffect(Outcome outcome) {
    return outcome instanceof Outcome.Rejected || outcome instanceof Outcome.NotSent;
  }
}
