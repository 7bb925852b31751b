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

  private final BenchState state;
  private final Semaphore room;
  private final BlockingQueue<Pending> pending;
  private final Thread waiter;

  /** Written by the producer before it waits for the thread. */
  private volatile boolean complete;

  private record Pending(Confirmation confirmation, long due) {}

  Unconfirmed(BenchState state, int index) {
    int window = state.plan().producing().window();
    this.state = state;
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
  void add(Confirmation confirmation, long due) {
    pending.add(new Pending(confirmation, due));
  }

  /** Waits until all are confirmed, or known not to be. */
  void drain() throws InterruptedException {
    complete = true;
    waiter.join();
  }

  /** Waits for nothing more. */
  void abandon() {
    waiter.interrupt();
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
      boolean arrived = send.confirmation().outcome().filter(this::mayHaveArrived).isPresent();
      if (!arrived) {
        state.arrivals().refused();
      }
      state.failed(e);
    } finally {
      room.release();
    }
  }

  private boolean mayHaveArrived(Outcome outcome) {
    return outcome instanceof Outcome.Unknown || outcome instanceof Outcome.Confirmed;
  }
}
