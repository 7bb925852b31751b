package io.stompbox.client;

import io.stompbox.client.Outbound.State;
import io.stompbox.protocol.frame.StompException;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a writer may take from an {@link Outbox}, and when: everything in its order, or one send at
 * a time while the one is looked for on which the broker ends connections. The outbox's lock guards
 * it: whoever calls holds that lock.
 */
final class NextFrames {
  private static final int NO_EPOCH = -1;

  private final OutgoingQueue queue;
  private final AwaitedReceipts awaited;
  private final PoisonIsolation isolation = new PoisonIsolation();

  /** Signalled when the writer should look again. */
  private final Condition work;

  /** The connection that may take frames. */
  private int epoch = NO_EPOCH;

  /** Whether the writer should send an end of line if it has nothing else. */
  private boolean heartBeatDue;

  /** The writer that waits for frames and would lend its turn; null if there is none. */
  private @Nullable LinkWriter waiting;

  /** Whether a thread that sends has the turn of the writer, which waits until it is back. */
  private boolean isLent;

  /** Whether the writer should look at what has become of its turn. */
  private boolean hasFailed;

  NextFrames(ReentrantLock lock, OutgoingQueue queue, AwaitedReceipts awaited) {
    this.work = lock.newCondition();
    this.queue = queue;
    this.awaited = awaited;
  }

  /** How many frames wait to be taken. */
  int size() {
    return queue.size();
  }

  /** Whether a frame may go on the current connection, or on any. */
  boolean mayHave(Outbound outbound) {
    return !outbound.isBound() || outbound.epoch() == epoch;
  }

  void addLast(Outbound outbound) {
    queue.addLast(outbound);
    wake();
  }

  /** Not while its turn is lent: it gets it back with whatever there is to do then. */
  private void wake() {
    if (!isLent) {
      work.signal();
    }
  }

  /** Lets a new connection take frames, {@code first} before those that are here. */
  void start(int newEpoch, List<Outbound> first) {
    epoch = newEpoch;
    heartBeatDue = false;
    hasFailed = false;
    isolation.start();
    queue.addFirst(first);
    wake();
  }

  /** Lets a connection take no more, if it is the current one. */
  void stop(int ofEpoch) {
    if (epoch == ofEpoch) {
      stop();
    }
  }

  /** Lets no connection take any more. */
  void stop() {
    epoch = NO_EPOCH;
    work.signalAll();
  }

  void requestHeartBeat() {
    heartBeatDue = true;
    wake();
  }

  /** As {@link Outbox#take}. */
  boolean take(int forEpoch, List<Outbound> batch, long most, @Nullable LinkWriter lender) {
    while (isLent || (epoch == forEpoch && !isThereAny() && !heartBeatDue && !hasFailed)) {
      waiting = lender;
      work.awaitUninterruptibly();
    }
    waiting = null;
    if (epoch != forEpoch) {
      return false;
    }
    heartBeatDue = false;
    hasFailed = false;
    moveTo(batch, most);
    return true;
  }

  /**
   * Gives this frame to the thread that brings it, with the turn of the writer, if that waits and
   * nothing is to be written before. Null if the writer has to do it.
   */
  @Nullable LinkWriter lend(Outbound outbound) {
    LinkWriter writer = waiting;
    if (writer == null
        || isLent
        || hasFailed
        || epoch != writer.epoch()
        || !queue.isEmpty()
        || isolation.isActive()
        || !writer.mayLend(outbound)) {
      return null;
    }
    isLent = true;
    heartBeatDue = false;
    outbound.state(State.WRITING);
    outbound.countAttempt();
    return writer;
  }

  /** The turn of the writer is back, which has to look at what it left if that has failed. */
  void giveBackTurn(boolean failed) {
    isLent = false;
    hasFailed |= failed;
    LinkWriter writer = waiting;
    boolean isOver = writer == null || epoch != writer.epoch();
    if (isOver || hasFailed || heartBeatDue || isThereAny()) {
      work.signal();
    }
  }

  private boolean isThereAny() {
    return !isolation.isActive()
        ? !queue.isEmpty()
        : queue.contains(Outbound::isBound) || (!queue.isEmpty() && mayIsolate());
  }

  /** An ERROR may mean a SUBSCRIBE or COMMIT as well, so their receipts come first. */
  private boolean mayIsolate() {
    return !isolation.isOneAlone() && !awaited.hasBound();
  }

  private void moveTo(List<Outbound> batch, long most) {
    if (isolation.isActive()) {
      takeIsolated(batch);
    }
    if (!isolation.isActive()) {
      takeAny(batch, most);
    }
  }

  private void takeIsolated(List<Outbound> batch) {
    queue.remove(Outbound::isBound).forEach(outbound -> take(outbound, batch));
    Outbound next = queue.first();
    if (next != null && mayIsolate() && isolation.isolate(next)) {
      take(queue.removeFirst(), batch);
    }
  }

  private void takeAny(List<Outbound> batch, long most) {
    long taken = 0;
    while (taken < most && !queue.isEmpty()) {
      Outbound next = queue.removeFirst();
      taken += take(next, batch);
      if (next.source() != null) {
        // What is behind it is not under way for as long as its body takes.
        return;
      }
    }
  }

  /** Returns how many octets were taken. */
  private static long take(Outbound outbound, List<Outbound> batch) {
    outbound.state(State.WRITING);
    outbound.countAttempt();
    batch.add(outbound);
    return outbound.size();
  }

  /** The writer may have something to take that it had not. */
  void changed() {
    if (isThereAny()) {
      wake();
    }
  }

  /** The broker has confirmed or refused a frame. */
  void answered(Outbound outbound) {
    if (outbound.state() == State.QUEUED) {
      // The broker has answered what it was not asked on this connection.
      queue.remove(outbound::equals);
    }
    isolation.answered(outbound);
  }

  /** Frames that were given up must not be written any more, nor keep room from others. */
  void givenUp() {
    queue.remove(Outbound::isSettled);
    isolation.givenUp();
    changed();
  }

  /** Takes those back that no writer has, and returns them in their order. */
  List<Outbound> withdraw(Predicate<Outbound> which) {
    return queue.remove(which);
  }

  /** Takes frames back, in their order, that a writer took and wrote no octet of. */
  void giveBack(List<Outbound> unsent) {
    for (Outbound outbound : unsent) {
      outbound.state(State.QUEUED);
      outbound.uncountAttempt();
    }
    // Some may have been given up while the writer had them.
    queue.addFirst(unsent.stream().filter(outbound -> !outbound.isSettled()).toList());
  }

  /**
   * A connection has ended. Returns the send that the broker ended it for; null if none is known.
   */
  @Nullable Outbound ended(StompException cause) {
    return isolation.ended(awaited.written(), cause);
  }

  /** Puts confirmed sends first that may have been written and have no outcome. */
  void repeatWritten() {
    List<Outbound> again = awaited.written();
    again.forEach(outbound -> outbound.state(State.QUEUED));
    queue.addFirst(again);
  }
}
