package io.stompbox.client;

import io.stompbox.client.ConnectionLostException.Sent;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.StompException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a frame may enter an {@link Outbox}, and lets callers wait for room. The outbox's
 * lock guards it: whoever calls holds that lock.
 */
final class Admission {
  /** After how long one that waits looks by itself whether there is room. */
  private static final long FIRST_LOOK = TimeUnit.MILLISECONDS.toNanos(1);

  /** The longest time between two looks: each takes twice the time of the one before. */
  private static final long LAST_LOOK = TimeUnit.MILLISECONDS.toNanos(64);

  private final Bounds configured;
  private final OutgoingQueue queue;
  private final AwaitedReceipts awaited;

  /**
   * Signalled when the queue has room, or nothing to wait for is left. Apart from {@link #window}:
   * each write would wake those in vain that wait for receipts.
   */
  private final Condition queued;

  /** Signalled when confirmed sends have room, or nothing to wait for is left. */
  private final Condition window;

  /** Those that are in force with the current broker. */
  private Bounds bounds;

  /** Why nothing is accepted any more. */
  private @Nullable StompException refusal;

  Admission(Bounds bounds, ReentrantLock lock, OutgoingQueue queue, AwaitedReceipts awaited) {
    this.configured = bounds;
    this.bounds = bounds;
    this.queued = lock.newCondition();
    this.window = lock.newCondition();
    this.queue = queue;
    this.awaited = awaited;
  }

  /** Lets no more sends than that be unconfirmed, nor more than is configured. */
  void limitUnconfirmed(int most) {
    bounds = configured.unconfirmed() > most ? configured.withUnconfirmed(most) : configured;
  }

  /** Only sends can fill it: holding an ACK back could stop the broker, and so this client. */
  boolean fits(Outbound outbound) {
    Frame frame = outbound.frame();
    if (frame == null || !frame.command().equals(Command.SEND)) {
      return true;
    }
    return queue.hasRoomFor(outbound, bounds) && awaited.hasRoomFor(outbound, bounds);
  }

  /** Waits until the frame fits, or nothing is accepted any more. */
  void awaitRoom(Outbound outbound, Duration limit) {
    long left = Durations.nanos(limit);
    long look = FIRST_LOOK;
    try {
      while (!fits(outbound) && refusal == null) {
        if (left <= 0) {
          throw new StompTimeoutException(
              "no room for another frame within "
                  + Durations.text(limit)
                  + ": "
                  + queue.size()
                  + " frames wait to be written and "
                  + awaited.unconfirmed()
                  + " sends for their confirmation; nothing was sent");
        }
        long part = Math.min(left, look);
        Condition room = queue.hasRoomFor(outbound, bounds) ? window : queued;
        long rest = room.awaitNanos(part);
        left -= part - rest;
        look = rest > 0 ? FIRST_LOOK : Math.min(2 * look, LAST_LOOK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for room; nothing was sent");
    }
  }

  /** Throws if nothing is accepted any more; what ended that is the cause. */
  void check() {
    StompException why = refusal;
    if (why != null) {
      throw new ConnectionLostException(why.getMessage(), Sent.NOT_SENT, why);
    }
  }

  /** Accepts nothing from now on. */
  void end(StompException why) {
    refusal = why;
    changed();
  }

  boolean hasEnded() {
    return refusal != null;
  }

  /** There may be room, or nothing left to wait for. */
  void changed() {
    queued.signalAll();
    window.signalAll();
  }

  /**
   * Receipts have come. Those that wait are woken when half of the sends have room, as waking one
   * for each costs more than all else of a send; for less room they look by themselves.
   */
  void confirmed() {
    if (awaited.unconfirmed() <= bounds.unconfirmed() - bounds.unconfirmed() / 2) {
      changed();
    }
  }

  /** The writer has taken frames. As {@link #confirmed}: of the queue half has to be free. */
  void taken() {
    if (queue.isHalfFree(bounds)) {
      queued.signalAll();
    }
  }

  /** Waits until no confirmation is outstanding and nothing waits to be written. */
  boolean awaitIdle(long deadline) throws InterruptedException {
    long left = deadline - System.nanoTime();
    while (!isIdle() && left > 0) {
      left = (queue.isEmpty() ? window : queued).awaitNanos(left);
    }
    return isIdle();
  }

  private boolean isIdle() {
    return awaited.unconfirmed() == 0 && queue.isEmpty();
  }
}
