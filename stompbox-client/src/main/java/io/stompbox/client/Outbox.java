package io.stompbox.client;

import io.stompbox.client.ConnectionLostException.Sent;
import io.stompbox.client.Outbound.State;
import io.stompbox.protocol.frame.StompException;
import java.time.Duration;
import java.util.List;
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

  private final ReentrantLock lock = new ReentrantLock();

  /** Signalled when the writer should look again. */
  private final Condition work = lock.newCondition();

  /** Guarded by lock. */
  private final SendOutcomes outcomes;

  /** Guarded by lock. */
  private final OutgoingQueue queue = new OutgoingQueue();

  /** Guarded by lock. */
  private final AwaitedReceipts awaited;

  /** Guarded by lock. */
  private final PoisonIsolation isolation = new PoisonIsolation();

  /** Guarded by lock. */
  private final NextFrames next;

  /** Guarded by lock. */
  private final Admission admission;

  /** The connection that may take frames. Guarded by lock. */
  private int epoch = NO_EPOCH;

  /** Whether the writer should send an end of line if it has nothing else. Guarded by lock. */
  private boolean heartBeatDue;

  private final TimeSource time;
  private final Deadlines deadlines;

  Outbox(Bounds bounds, TimeSource time) {
    this(bounds, time, Observation.none());
  }

  Outbox(Bounds bounds, TimeSource time, Observation observation) {
    this.time = time;
    this.outcomes = new SendOutcomes(observation, time);
    this.awaited = new AwaitedReceipts(outcomes::add);
    this.next = new NextFrames(queue, awaited, isolation);
    this.deadlines = new Deadlines(this, time);
    this.admission = new Admission(bounds, lock, queue, awaited);
  }

  /** When a receipt is due that may take {@code limit}. */
  long deadline(Duration limit) {
    return time.nanoTime() + limit.toNanos();
  }

  SendCounter counter() {
    return outcomes.counter();
  }

  Observation observation() {
    return outcomes.observation();
  }

  /** How many frames wait to be taken. */
  int size() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  /** Observers must not be called while the lock is held. */
  private void unlockAndTell() {
    List<SendOutcomes.Settled> settled = outcomes.takeUntold();
    lock.unlock();
    outcomes.tell(settled);
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
      admission.awaitRoom(outbound, limit);
      admission.check();
      add(outbound);
    } finally {
      lock.unlock();
    }
  }

  /** Adds a frame if there is room now; false if there is none. */
  boolean offer(Outbound outbound) {
    lock.lock();
    try {
      admission.check();
      if (!admission.fits(outbound)) {
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
      admission.check();
    } finally {
      lock.unlock();
    }
  }

  private void add(Outbound outbound) {
    if (outbound.isBound() && outbound.epoch() != epoch) {
      outbound.complete(new Outcome.NotSent(gone()));
      return;
    }
    register(outbound);
    queue.addLast(outbound);
    work.signal();
  }

  private void register(Outbound outbound) {
    String receipt = outbound.receipt();
    if (receipt == null) {
      return;
    }
    deadlines.add(outbound.deadline());
    if (!awaited.add(outbound, receipt)) {
      throw new IllegalArgumentException(
          "the receipt '" + receipt + "' is awaited already; let each send have an id of its own");
    }
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
      isolation.start();
      queue.addFirst(first);
      first.forEach(this::register);
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
      while (epoch == forEpoch && !next.isThereAny() && !heartBeatDue) {
        work.awaitUninterruptibly();
      }
      if (epoch != forEpoch) {
        return false;
      }
      heartBeatDue = false;
      next.moveTo(batch, most);
      admission.taken();
      return true;
    } finally {
      lock.unlock();
    }
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
   * @return the send that the broker ended the connection for; null if none is known to be
   */
  @Nullable Outbound ended(int ofEpoch, List<Outbound> unsent, int unknown, StompException cause) {
    lock.lock();
    try {
      counter().addUnknown(unknown);
      next.giveBack(unsent);
      awaited.settleAll(
          outbound -> outbound.epoch() == ofEpoch, outbound -> outbound.failure(cause));
      queue
          .remove(Outbound::isBound)
          .forEach(outbound -> outbound.complete(new Outcome.NotSent(gone())));
      Outbound poison = isolation.ended(awaited.written(), cause);
      if (poison != null) {
        awaited.settleAll(poison::equals, outbound -> PoisonIsolation.outcome(outbound, cause));
      }
      List<Outbound> again = awaited.written();
      again.forEach(outbound -> outbound.state(State.QUEUED));
      queue.addFirst(again);
      admission.changed();
      return poison;
    } finally {
      unlockAndTell();
    }
  }

  /** A receipt came. Returns false if nobody waits for it, or not any more. */
  boolean confirm(String receipt, int byEpoch) {
    return resolve(receipt, outbound -> outbound.confirmed(byEpoch));
  }

  /**
   * Receipts came, as many as one read may bring: taking the lock for each takes longer than all
   * else that is to be done for them.
   *
   * @return how many of them nobody waits for, or not any more
   */
  int confirm(List<String> receipts, int byEpoch) {
    int late = 0;
    lock.lock();
    try {
      for (String receipt : receipts) {
        late += settle(receipt, outbound -> outbound.confirmed(byEpoch)) ? 0 : 1;
      }
      settled();
      return late;
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
    if (outbound.state() == State.QUEUED) {
      // The broker has answered what it was not asked on this connection.
      queue.remove(outbound::equals);
    }
    isolation.answered(outbound);
    return true;
  }

  /** Isolation may go on with the next one, and there may be room. */
  private void settled() {
    if (next.isThereAny()) {
      work.signal();
    }
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
      queue.remove(outbound::equals);
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

  /** They must not be written after their outcome was told, nor keep room from others. */
  private void giveUp(Predicate<Outbound> which, StompException cause) {
    awaited.settleAll(which, outbound -> outbound.failure(cause));
    queue.remove(Outbound::isSettled);
    isolation.givenUp();
    work.signal();
    admission.changed();
  }

  /** Lets no more sends than that be unconfirmed, nor more than is configured. */
  void limitUnconfirmed(int most) {
    lock.lock();
    try {
      admission.limitUnconfirmed(most);
    } finally {
      lock.unlock();
    }
  }

  /** Refuses new frames from now on; those that are here go on. */
  void refuseNew(StompException why) {
    lock.lock();
    try {
      admission.end(why);
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
      return admission.awaitIdle(deadline);
    } finally {
      lock.unlock();
    }
  }

  /** Ends everything that is still here with {@code cause}. */
  void close(StompException cause) {
    deadlines.close();
    lock.lock();
    try {
      if (!admission.hasEnded()) {
        admission.end(cause);
      }
      epoch = NO_EPOCH;
      awaited.settleAll(any -> true, outbound -> outbound.failure(cause));
      for (Outbound outbound : queue.remove(any -> true)) {
        if (outbound.isPlainSend()) {
          outcomes.add(outbound, new Outcome.NotSent(cause));
        }
        outbound.complete(new Outcome.NotSent(cause));
      }
      work.signalAll();
      admission.changed();
    } finally {
      unlockAndTell();
    }
  }
}
