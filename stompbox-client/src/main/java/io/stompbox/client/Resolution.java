package io.stompbox.client;

import io.stompbox.client.ConnectionLostException.Sent;
import io.stompbox.protocol.frame.StompException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Gives the frames of an {@link Outbox} their outcome: by the broker's answers, by what a
 * connection leaves behind, or because somebody gives up. Takes the outbox's lock itself, and tells
 * observers when it is free. Safe to share between threads.
 */
final class Resolution {
  private final ReentrantLock lock;
  private final NextFrames next;
  private final AwaitedReceipts awaited;
  private final Admission admission;
  private final SendOutcomes outcomes;

  Resolution(
      ReentrantLock lock,
      NextFrames next,
      AwaitedReceipts awaited,
      Admission admission,
      SendOutcomes outcomes) {
    this.lock = lock;
    this.next = next;
    this.awaited = awaited;
    this.admission = admission;
    this.outcomes = outcomes;
  }

  /** A receipt came. Returns false if nobody waits for it, or not any more. */
  boolean confirm(String receipt, int byEpoch) {
    return resolve(receipt, outbound -> outbound.confirmed(byEpoch));
  }

  /**
   * Receipts came, as many as one read may bring: taking the lock for each takes longer than all
   * else that is to be done for them. Those that nobody waits for, or not any more, are counted,
   * and before anybody hears of those behind them.
   */
  void confirm(List<String> receipts, int byEpoch) {
    Function<Outbound, Outcome> confirmed = outbound -> outbound.confirmed(byEpoch);
    lock.lock();
    try {
      for (String receipt : receipts) {
        if (!settle(receipt, confirmed)) {
          outcomes.counter().countLateReceipt();
        }
      }
      settled();
    } finally {
      unlockAndTell();
    }
  }

  /** The broker refused a frame. Returns false if nobody waits for its receipt. */
  boolean reject(String receipt, StompException cause) {
    return resolve(receipt, outbound -> new Outcome.Rejected(cause));
  }

  private boolean resolve(String receipt, Function<Outbound, Outcome> outcome) {
    lock.lock();
    try {
      boolean isKnown = settle(receipt, outcome);
      settled();
      return isKnown;
    } finally {
      unlockAndTell();
    }
  }

  private boolean settle(String receipt, Function<Outbound, Outcome> outcome) {
    Outbound outbound = awaited.settle(receipt, outcome);
    if (outbound == null) {
      return false;
    }
    next.answered(outbound);
    return true;
  }

  /** Isolation may go on with the next one, and there may be room. */
  private void settled() {
    next.changed();
    admission.confirmed();
  }

  /** Refuses a frame that its writer may not write; an earlier connection's may have. */
  void refuse(Outbound outbound, StompException cause) {
    Outcome refused =
        outbound.attempts() > 1 ? new Outcome.Unknown(cause) : new Outcome.NotSent(cause);
    String receipt = outbound.receipt();
    if (receipt != null) {
      resolve(receipt, any -> refused);
    } else if (outbound.isPlainSend()) {
      lock.lock();
      try {
        outcomes.add(outbound, refused);
      } finally {
        unlockAndTell();
      }
    }
  }

  /** Gives up on a send because the program does; false if its outcome was known already. */
  boolean cancel(Outbound outbound) {
    lock.lock();
    try {
      if (outbound.isSettled()) {
        return false;
      }
      next.withdraw(outbound::equals);
      Sent sent = outbound.attempts() == 0 ? Sent.NOT_SENT : Sent.UNKNOWN;
      giveUp(outbound::equals, new SendCancelledException(sent));
      return true;
    } finally {
      unlockAndTell();
    }
  }

  /**
   * Gives up on frames whose deadline has passed.
   *
   * @return nanoseconds until the next deadline; -1 if nothing is awaited
   */
  long expire(long now, StompException cause) {
    lock.lock();
    try {
      giveUp(outbound -> outbound.deadline() - now <= 0, cause);
      return awaited.nanosUntilDeadline(now);
    } finally {
      unlockAndTell();
    }
  }

  private void giveUp(Predicate<Outbound> which, StompException cause) {
    awaited.settleAll(which, outbound -> outbound.failure(cause));
    next.givenUp();
    admission.changed();
  }

  /**
   * Sorts out what a connection leaves behind, once its writer has ended.
   *
   * @param unsent frames that the writer took and wrote no octet of, in order
   * @param unknown how many sends without a receipt it may have written in part
   * @return the send that the broker ended the connection for; null if none is known to be
   */
  @Nullable Outbound ended(int ofEpoch, List<Outbound> unsent, int unknown, StompException cause) {
    lock.lock();
    try {
      outcomes.counter().addUnknown(unknown);
      next.giveBack(unsent);
      awaited.settleAll(
          outbound -> outbound.epoch() == ofEpoch, outbound -> outbound.failure(cause));
      next.withdraw(Outbound::isBound).forEach(outbound -> outbound.complete(gone()));
      Outbound poison = next.ended(cause);
      if (poison != null) {
        awaited.settleAll(poison::equals, outbound -> PoisonIsolation.outcome(outbound, cause));
      }
      next.repeatWritten();
      admission.changed();
      return poison;
    } finally {
      unlockAndTell();
    }
  }

  /** What becomes of a frame that belongs to a connection which has ended without it. */
  static Outcome gone() {
    return new Outcome.NotSent(
        new ConnectionLostException(
            "the connection that the frame belongs to is gone", Sent.NOT_SENT));
  }

  /** Ends everything that is still here, and accepts nothing from then on. */
  void close(StompException cause) {
    lock.lock();
    try {
      if (!admission.hasEnded()) {
        admission.end(cause);
      }
      next.stop();
      awaited.settleAll(any -> true, outbound -> outbound.failure(cause));
      for (Outbound outbound : next.withdraw(any -> true)) {
        if (outbound.isPlainSend()) {
          outcomes.add(outbound, new Outcome.NotSent(cause));
        }
        outbound.complete(new Outcome.NotSent(cause));
      }
      admission.changed();
    } finally {
      unlockAndTell();
    }
  }

  /** Observers must not be called while the lock is held. */
  private void unlockAndTell() {
    List<SendOutcomes.Settled> settled = outcomes.takeUntold();
    lock.unlock();
    outcomes.tell(settled);
  }
}
