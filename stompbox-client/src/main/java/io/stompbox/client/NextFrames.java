package io.stompbox.client;

import io.stompbox.client.Outbound.State;
import java.util.List;

/**
 * What a writer may take from an {@link Outbox}: everything in its order, or one send at a time
 * while the one is looked for on which the broker ends connections. The outbox's lock guards it.
 */
final class NextFrames {
  private final OutgoingQueue queue;
  private final AwaitedReceipts awaited;
  private final PoisonIsolation isolation;

  NextFrames(OutgoingQueue queue, AwaitedReceipts awaited, PoisonIsolation isolation) {
    this.queue = queue;
    this.awaited = awaited;
    this.isolation = isolation;
  }

  boolean isThereAny() {
    return !isolation.isActive()
        ? !queue.isEmpty()
        : queue.contains(Outbound::isBound) || (!queue.isEmpty() && mayIsolate());
  }

  /** An ERROR may mean a SUBSCRIBE or COMMIT as well, so their receipts come first. */
  private boolean mayIsolate() {
    return !isolation.isOneAlone() && !awaited.hasBound();
  }

  /** Moves frames to {@code batch} until they have {@code most} octets together. */
  void moveTo(List<Outbound> batch, long most) {
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

  /** Takes frames back, in their order, that a writer took and wrote no octet of. */
  void giveBack(List<Outbound> unsent) {
    for (Outbound outbound : unsent) {
      outbound.state(State.QUEUED);
      outbound.uncountAttempt();
    }
    // Some may have been given up while the writer had them.
    queue.addFirst(unsent.stream().filter(outbound -> !outbound.isSettled()).toList());
  }
}
