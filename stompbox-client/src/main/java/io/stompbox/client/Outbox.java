package io.stompbox.client;

import io.stompbox.client.ConnectionLostException.Sent;
import io.stompbox.client.Outbound.State;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.StompException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The frames that wait to be written, and those whose receipt is awaited. It outlives connections:
 * each connection has a number, its epoch, and takes frames from here while it lasts.
 *
 * <p>Frames leave in the order of {@link #put}. After a loss, confirmed sends that may have been
 * written come first again, oldest first, before everything that was never written, so that first
 * copies keep their order. Safe to share between threads; no lock is held while other code runs.
 */
final class Outbox {
  private static final int NO_EPOCH = -1;

  private final Bounds bounds;
  private final ReentrantLock lock = new ReentrantLock();

  /** Signalled when the writer should look again. */
  private final Condition work = lock.newCondition();

  /** Signalled when there is room, or nothing to wait for any more. */
  private final Condition space = lock.newCondition();

  /** Frames that no writer has taken. Guarded by lock. */
  private final ArrayDeque<Outbound> queue = new ArrayDeque<>();

  /** Octets of {@link #queue}. Guarded by lock. */
  private long queuedOctets;

  /** Frames whose receipt is awaited, oldest first, by receipt. Guarded by lock. */
  private final Map<String, Outbound> awaiting = new LinkedHashMap<>();

  /** Confirmed sends in {@link #awaiting}. Guarded by lock. */
  private int unconfirmed;

  /** Octets of those. Guarded by lock. */
  private long unconfirmedOctets;

  /** The connection that may take frames. Guarded by lock. */
  private int epoch = NO_EPOCH;

  /** Whether the writer should send an end of line if it has nothing else. Guarded by lock. */
  private boolean heartBeatDue;

  /** Why nothing is accepted any more. Guarded by lock. */
  private @Nullable StompException refusal;

  /** Threads that wait for {@link #space}. Guarded by lock. */
  private int waiting;

  private final SendCounter counter = new SendCounter();

  Outbox(Bounds bounds) {
    this.bounds = bounds;
  }

  SendCounter counter() {
    return counter;
  }

  /**
   * Adds a frame, waiting for room if there is none.
   *
   * @throws StompTimeoutException if there is no room within {@code limit}
   * @throws ConnectionLostException if nothing is accepted any more; it was not sent
   * @throws CancellationException if the thread is interrupted; it was not sent
   */
  void put(Outbound outbound, Duration limit) {
    lock.lock();
    try {
      if (!fits(outbound) && refusal == null) {
        awaitSpace(outbound, limit);
      }
      checkAccepting();
      add(outbound);
    } finally {
      lock.unlock();
    }
  }

  /** Adds a frame if there is room now; false if there is none. */
  boolean offer(Outbound outbound) {
    lock.lock();
    try {
      checkAccepting();
      if (!fits(outbound)) {
        return false;
      }
      add(outbound);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Checks that frames are accepted.
   *
   * @throws ConnectionLostException if they are not; what ended that is its cause
   */
  void checkAccepting() {
    lock.lock();
    try {
      StompException why = refusal;
      if (why != null) {
        throw new ConnectionLostException(String.valueOf(why.getMessage()), Sent.NOT_SENT, why);
      }
    } finally {
      lock.unlock();
    }
  }

  private void awaitSpace(Outbound outbound, Duration limit) {
    long left = limit.toNanos();
    waiting++;
    try {
      while (!fits(outbound) && refusal == null) {
        if (left <= 0) {
          throw new StompTimeoutException(
              "no room for another frame within "
                  + Durations.text(limit)
                  + ": "
                  + queue.size()
                  + " frames wait to be written and "
                  + unconfirmed
                  + " sends for their confirmation; nothing was sent");
        }
        left = space.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for room; nothing was sent");
    } finally {
      waiting--;
    }
  }

  /** Only sends can fill it: holding an ACK back could stop the broker, and so this client. */
  private boolean fits(Outbound outbound) {
    Frame frame = outbound.frame();
    if (frame == null || !frame.command().equals(Command.SEND)) {
      return true;
    }
    boolean queueHasRoom =
        queue.size() < bounds.outgoingFrames()
            && (queue.isEmpty() || queuedOctets + outbound.size() <= bounds.outgoingOctets());
    boolean windowHasRoom =
        !outbound.isConfirmedSend()
            || unconfirmed == 0
            || (unconfirmed < bounds.unconfirmed()
                && unconfirmedOctets + outbound.size() <= bounds.unconfirmedOctets());
    return queueHasRoom && windowHasRoom;
  }

  private void add(Outbound outbound) {
    if (outbound.epoch() != Outbound.ANY_EPOCH && outbound.epoch() != epoch) {
      outbound.complete(new Outcome.NotSent(gone()));
      return;
    }
    queue.addLast(outbound);
    queuedOctets += outbound.size();
    String receipt = outbound.receipt();
    if (receipt != null) {
      awaiting.put(receipt, outbound);
      if (outbound.isConfirmedSend()) {
        unconfirmed++;
        unconfirmedOctets += outbound.size();
      }
    }
    work.signal();
  }

  private static ConnectionLostException gone() {
    return new ConnectionLostException(
        "the connection that the frame belongs to is gone", Sent.NOT_SENT);
  }

  /** Lets a new connection take frames: {@code first}, then unconfirmed sends, then the others. */
  void start(int newEpoch, List<Outbound> first) {
    lock.lock();
    try {
      epoch = newEpoch;
      heartBeatDue = false;
      for (int i = first.size() - 1; i >= 0; i--) {
        Outbound outbound = first.get(i);
        queue.addFirst(outbound);
        queuedOctets += outbound.size();
        String receipt = outbound.receipt();
        if (receipt != null) {
          awaiting.put(receipt, outbound);
        }
      }
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for frames or a heart-beat that is due, and moves frames to {@code batch} until they have
   * {@code most} octets together.
   *
   * @return false if the connection may not take any more
   */
  boolean take(int forEpoch, List<Outbound> batch, long most) {
    lock.lock();
    try {
      while (epoch == forEpoch && queue.isEmpty() && !heartBeatDue) {
        work.awaitUninterruptibly();
      }
      if (epoch != forEpoch) {
        return false;
      }
      heartBeatDue = false;
      long taken = 0;
      while (taken < most && !queue.isEmpty()) {
        Outbound outbound = queue.removeFirst();
        queuedOctets -= outbound.size();
        if (isStillWanted(outbound)) {
          outbound.state(State.WRITING);
          outbound.countAttempt();
          batch.add(outbound);
          taken += outbound.size();
        }
      }
      signalSpace();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Expired frames have been told their outcome already and must not be written after it. */
  private static boolean isStillWanted(Outbound outbound) {
    Confirmation confirmation = outbound.confirmation();
    return confirmation == null || !confirmation.isDone();
  }

  /** Asks the writer for an end of line unless it has frames to write. */
  void requestHeartBeat() {
    lock.lock();
    try {
      heartBeatDue = true;
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Makes {@link #take} return false for this connection. */
  void stop(int ofEpoch) {
    lock.lock();
    try {
      if (epoch == ofEpoch) {
        epoch = NO_EPOCH;
        work.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sorts out what a connection leaves behind, once its writer has ended.
   *
   * @param unsent frames that the writer took and wrote no octet of, in order
   * @param unknown how many sends without a receipt it may have written in part
   */
  void ended(int ofEpoch, List<Outbound> unsent, int unknown, StompException cause) {
    lock.lock();
    try {
      counter.addUnknown(unknown);
      for (int i = unsent.size() - 1; i >= 0; i--) {
        Outbound outbound = unsent.get(i);
        outbound.state(State.QUEUED);
        outbound.uncountAttempt();
        queue.addFirst(outbound);
        queuedOctets += outbound.size();
      }
      failAwaiting(outbound -> outbound.epoch() == ofEpoch, cause);
      removeQueued(outbound -> outbound.epoch() != Outbound.ANY_EPOCH);
      requeueUnconfirmed();
      signalSpace();
    } finally {
      lock.unlock();
    }
  }

  private void requeueUnconfirmed() {
    List<Outbound> again = new ArrayList<>();
    for (Outbound outbound : awaiting.values()) {
      if (outbound.state() == State.WRITING) {
        again.add(outbound);
      }
    }
    for (int i = again.size() - 1; i >= 0; i--) {
      Outbound outbound = again.get(i);
      outbound.state(State.QUEUED);
      queue.addFirst(outbound);
      queuedOctets += outbound.size();
    }
  }

  private void removeQueued(Predicate<Outbound> which) {
    for (Iterator<Outbound> all = queue.iterator(); all.hasNext(); ) {
      Outbound outbound = all.next();
      if (which.test(outbound)) {
        all.remove();
        queuedOctets -= outbound.size();
        outbound.complete(new Outcome.NotSent(gone()));
      }
    }
  }

  private void failAwaiting(Predicate<Outbound> which, StompException cause) {
    for (Iterator<Outbound> all = awaiting.values().iterator(); all.hasNext(); ) {
      Outbound outbound = all.next();
      if (which.test(outbound)) {
        all.remove();
        settle(outbound, failure(outbound, cause));
      }
    }
  }

  private static Outcome failure(Outbound outbound, StompException cause) {
    return outbound.attempts() == 0 ? new Outcome.NotSent(cause) : new Outcome.Unknown(cause);
  }

  private void settle(Outbound outbound, Outcome outcome) {
    if (outbound.isConfirmedSend()) {
      unconfirmed--;
      unconfirmedOctets -= outbound.size();
      counter.count(outcome);
    }
    outbound.complete(outcome);
  }

  /** A receipt came. Returns false if nobody waits for it. */
  boolean confirm(String receipt, int byEpoch) {
    return resolve(
        receipt,
        outbound -> new Outcome.Confirmed(outbound.attempts(), byEpoch, outbound.attempts() > 1));
  }

  /** The broker refused a frame. Returns false if nobody waits for its receipt. */
  boolean reject(String receipt, StompException cause) {
    return resolve(receipt, outbound -> new Outcome.Rejected(cause));
  }

  private boolean resolve(String receipt, Function<Outbound, Outcome> outcome) {
    lock.lock();
    try {
      Outbound outbound = awaiting.remove(receipt);
      if (outbound == null) {
        return false;
      }
      settle(outbound, outcome.apply(outbound));
      signalSpace();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Refuses a frame that its writer could not encode. */
  void refuse(Outbound outbound, StompException cause) {
    lock.lock();
    try {
      String receipt = outbound.receipt();
      if (receipt != null && awaiting.remove(receipt) != null) {
        settle(outbound, new Outcome.NotSent(cause));
        signalSpace();
      } else if (outbound.isPlainSend()) {
        counter.count(new Outcome.NotSent(cause));
      }
    } finally {
      lock.unlock();
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
      failAwaiting(outbound -> outbound.deadline() - now <= 0, cause);
      removeUnwanted();
      signalSpace();
      long next = -1;
      for (Outbound outbound : awaiting.values()) {
        long left = outbound.deadline() - now;
        next = next < 0 ? left : Math.min(next, left);
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** Without a connection nobody takes them, and they would keep room from others. */
  private void removeUnwanted() {
    for (Iterator<Outbound> all = queue.iterator(); all.hasNext(); ) {
      Outbound outbound = all.next();
      if (!isStillWanted(outbound)) {
        all.remove();
        queuedOctets -= outbound.size();
      }
    }
  }

  /** Refuses new frames from now on; those that are here go on. */
  void refuseNew(StompException why) {
    lock.lock();
    try {
      refusal = why;
      signalSpace();
    } finally {
      lock.unlock();
    }
  }

  /** Adds a frame although new ones are refused: the client's own farewell. */
  void putLast(Outbound outbound) {
    lock.lock();
    try {
      add(outbound);
    } finally {
      lock.unlock();
    }
  }

  /** Waits until no confirmation is outstanding and nothing waits to be written. */
  boolean awaitIdle(long deadline) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      waiting++;
      long left = deadline - System.nanoTime();
      while ((unconfirmed > 0 || !queue.isEmpty()) && left > 0) {
        left = space.awaitNanos(left);
      }
      return unconfirmed == 0 && queue.isEmpty();
    } finally {
      waiting--;
      lock.unlock();
    }
  }

  /** Ends everything that is still here with {@code cause}. */
  void close(StompException cause) {
    lock.lock();
    try {
      refusal = refusal == null ? cause : refusal;
      epoch = NO_EPOCH;
      failAwaiting(any -> true, cause);
      for (Outbound outbound : queue) {
        if (outbound.isPlainSend()) {
          counter.count(new Outcome.NotSent(cause));
        }
        outbound.complete(new Outcome.NotSent(cause));
      }
      queue.clear();
      queuedOctets = 0;
      work.signalAll();
      signalSpace();
    } finally {
      lock.unlock();
    }
  }

  private void signalSpace() {
    if (waiting > 0) {
      space.signalAll();
    }
  }
}
