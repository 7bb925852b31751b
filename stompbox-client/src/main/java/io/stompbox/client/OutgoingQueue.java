package io.stompbox.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Frames that no writer has taken, in the order in which they leave. The lock of its {@link Outbox}
 * guards it.
 */
final class OutgoingQueue {
  private final ArrayDeque<Outbound> frames = new ArrayDeque<>();

  /** Octets of {@link #frames}. */
  private long octets;

  boolean isEmpty() {
    return frames.isEmpty();
  }

  int size() {
    return frames.size();
  }

  /** The next to leave; null if there is none. */
  @Nullable Outbound first() {
    return frames.peekFirst();
  }

  /** One frame has room in an empty queue, whatever its size. */
  boolean hasRoomFor(Outbound outbound, Bounds bounds) {
    return frames.isEmpty()
        || (frames.size() < bounds.outgoingFrames()
            && octets + outbound.size() <= bounds.outgoingOctets());
  }

  boolean isHalfFree(Bounds bounds) {
    return frames.size() <= bounds.outgoingFrames() / 2 && octets <= bounds.outgoingOctets() / 2;
  }

  void addLast(Outbound outbound) {
    frames.addLast(outbound);
    octets += outbound.size();
  }

  /** Puts frames before all others; they keep their order. */
  void addFirst(List<Outbound> those) {
    for (int i = those.size() - 1; i >= 0; i--) {
      frames.addFirst(those.get(i));
      octets += those.get(i).size();
    }
  }

  Outbound removeFirst() {
    Outbound outbound = frames.removeFirst();
    octets -= outbound.size();
    return outbound;
  }

  boolean contains(Predicate<Outbound> which) {
    return frames.stream().anyMatch(which);
  }

  /** Removes those and returns them in their order. */
  List<Outbound> remove(Predicate<Outbound> which) {
    List<Outbound> removed = new ArrayList<>();
    for (Iterator<Outbound> all = frames.iterator(); all.hasNext(); ) {
      Outbound outbound = all.next();
      if (which.test(outbound)) {
        all.remove();
        octets -= outbound.size();
        removed.add(outbound);
      }
    }
    return removed;
  }
}
