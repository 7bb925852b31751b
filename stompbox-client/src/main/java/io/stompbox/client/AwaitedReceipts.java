package io.stompbox.client;

import io.stompbox.client.Outbound.State;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Frames whose receipt is awaited, oldest first: each is here until its outcome is known, and gets
 * exactly one. The lock of its {@link Outbox} guards it.
 */
final class AwaitedReceipts {
  private final BiConsumer<Outbound, Outcome> settled;
  private final Map<String, Outbound> byReceipt = new LinkedHashMap<>();

  /** Confirmed sends in {@link #byReceipt}. */
  private int unconfirmed;

  /** Octets of those. */
  private long unconfirmedOctets;

  /** Creates it; {@code settled} hears of confirmed sends. */
  AwaitedReceipts(BiConsumer<Outbound, Outcome> settled) {
    this.settled = settled;
  }

  /** Takes note of a frame that asks for a receipt; false if that receipt is awaited already. */
  boolean add(Outbound outbound, String receipt) {
    if (byReceipt.putIfAbsent(receipt, outbound) != null) {
      return false;
    }
    if (outbound.isConfirmedSend()) {
      unconfirmed++;
      unconfirmedOctets += outbound.size();
    }
    return true;
  }

  /** How many confirmed sends are outstanding. */
  int unconfirmed() {
    return unconfirmed;
  }

  /** Whether something else than a send is: SUBSCRIBE, COMMIT, DISCONNECT. */
  boolean hasBound() {
    return byReceipt.size() > unconfirmed;
  }

  /** One confirmed send has room in an empty window, whatever its size. */
  boolean hasRoomFor(Outbound outbound, Bounds bounds) {
    return !outbound.isConfirmedSend()
        || unconfirmed == 0
        || (unconfirmed < bounds.unconfirmed()
            && unconfirmedOctets + outbound.size() <= bounds.unconfirmedOctets());
  }

  /** Confirmed sends that a writer had, so that octets of them may have been written. */
  List<Outbound> written() {
    return byReceipt.values().stream()
        .filter(outbound -> outbound.isConfirmedSend() && outbound.state() == State.WRITING)
        .toList();
  }

  /** Settles the frame of a receipt and returns it; null if nobody waits for that receipt. */
  @Nullable Outbound settle(String receipt, Function<Outbound, Outcome> outcome) {
    Outbound outbound = byReceipt.remove(receipt);
    if (outbound != null) {
      complete(outbound, outcome.apply(outbound));
    }
    return outbound;
  }

  /** Settles all of those. */
  void settleAll(Predicate<Outbound> which, Function<Outbound, Outcome> outcome) {
    for (Iterator<Outbound> all = byReceipt.values().iterator(); all.hasNext(); ) {
      Outbound outbound = all.next();
      if (which.test(outbound)) {
        all.remove();
        complete(outbound, outcome.apply(outbound));
      }
    }
  }

  private void complete(Outbound outbound, Outcome outcome) {
    if (outbound.isConfirmedSend()) {
      unconfirmed--;
      unconfirmedOctets -= outbound.size();
      settled.accept(outbound, outcome);
    }
    outbound.complete(outcome);
  }

  /** Nanoseconds until the next deadline, which may have passed; -1 if nothing is awaited. */
  long nanosUntilDeadline(long now) {
    return byReceipt.values().stream()
        .mapToLong(outbound -> Math.max(0, outbound.deadline() - now))
        .min()
        .orElse(-1);
  }
}
