package io.stompbox.client;

import io.stompbox.protocol.frame.StompException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
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
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by lock. */
  private final SendOutcomes outcomes;

  /** Guarded by lock. */
  private final AwaitedReceipts awaited;

  /** Guarded by lock. */
  private final NextFrames next;

  /** Guarded by lock. */
  private final Admission admission;

  private final Resolution resolution;
  private final TimeSource time;
  private final Deadlines deadlines;

  Outbox(Bounds bounds, TimeSource time) {
    this(bounds, time, Observation.none());
  }

  Outbox(Bounds bounds, TimeSource time, Observation observation) {
    this.time = time;
    this.outcomes = new SendOutcomes(observation, time);
    this.awaited = new AwaitedReceipts(outcomes::add);
    OutgoingQueue queue = new OutgoingQueue();
    this.next = new NextFrames(lock, queue, awaited);
    this.admission = new Admission(bounds, lock, queue, awaited);
    this.resolution = new Resolution(lock, next, awaited, admission, outcomes);
    this.deadlines = new Deadlines(resolution, time);
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

  /** Where frames that are here get their outcome. */
  Resolution resolution() {
    return resolution;
  }

  /** How many frames wait to be taken. */
  int size() {
    lock.lock();
    try {
      return next.size();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Adds a frame, waiting for room if there is none; or writes it on this thread, if nothing else
   * is to be written and the writer would have to be woken for it.
   *
   * @throws StompTimeoutException if there is no room within {@code limit}
   * @throws ConnectionLostException if nothing is accepted any more; it was not sent
   * @throws CancellationException if the thread is interrupted; it was not sent
   */
  void put(Outbound outbound, Duration limit) {
    LinkWriter writer;
    lock.lock();
    try {
      admission.awaitRoom(outbound, limit);
      admission.check();
      writer = add(outbound, true);
    } finally {
      lock.unlock();
    }
    if (writer != null) {
      writer.writeFor(outbound);
    }
  }

  /** Takes the turn back that {@link #put} lent to a thread. */
  void giveBackTurn(boolean hasFailed) {
    lock.lock();
    try {
      next.giveBackTurn(hasFailed);
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
      add(outbound, false);
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

  /**
   * Adds a frame to the queue, or returns the writer whose turn this thread has now. With other
   * sends under way the writer does better, since it writes many at once.
   */
  private @Nullable LinkWriter add(Outbound outbound, boolean mayWrite) {
    if (!next.mayHave(outbound)) {
      outbound.complete(Resolution.gone());
      return null;
    }
    boolean isAlone = awaited.unconfirmed() == 0;
    register(outbound);
    LinkWriter writer = mayWrite && isAlone ? next.lend(outbound) : null;
    if (writer == null) {
      next.addLast(outbound);
    }
    return writer;
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

  /** Lets a new connection take frames: {@code first}, then unconfirmed sends, then the others. */
  void start(int newEpoch, List<Outbound> first) {
    lock.lock();
    try {
      next.start(newEpoch, first);
      first.forEach(this::register);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for frames or a heart-beat that is due, and moves frames to {@code batch} until they have
   * {@code most} octets together.
   *
   * @param lender the writer, if a thread that sends may write in its place while it waits
   * @return false if the connection may not take any more
   */
  boolean take(int forEpoch, List<Outbound> batch, long most, @Nullable LinkWriter lender) {
    lock.lock();
    try {
      boolean isCurrent = next.take(forEpoch, batch, most, lender);
      if (isCurrent) {
        admission.taken();
      }
      return isCurrent;
    } finally {
      lock.unlock();
    }
  }

  /** Asks the writer for an end of line unless it has frames to write. */
  void requestHeartBeat() {
    lock.lock();
    try {
      next.requestHeartBeat();
    } finally {
      lock.unlock();
    }
  }

  /** Makes {@link #take} return false for this connection. */
  void stop(int ofEpoch) {
    lock.lock();
    try {
      next.stop(ofEpoch);
    } finally {
      lock.unlock();
    }
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
      add(outbound, false);
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
    resolution.close(cause);
  }
}
