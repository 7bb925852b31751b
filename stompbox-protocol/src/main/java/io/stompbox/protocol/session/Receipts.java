package io.stompbox.protocol.session;

import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.IllegalFrameException.Reason;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The receipts of one connection: awaited, and those whose time has passed. */
final class Receipts {
  /** So that a server that answers nothing can't fill the memory. */
  private static final int MOST_OVERDUE = 10_000;

  /** Oldest first. */
  private final Map<String, Awaited> awaited = new LinkedHashMap<>();

  /** Given up, oldest first; they may still come. */
  private final Set<String> overdue = new LinkedHashSet<>();

  private record Awaited(Command command, @Nullable Long answerBy) {
    /** By subtraction, since the driver's clock may wrap. */
    boolean isOverdue(long now) {
      return answerBy != null && now - answerBy >= 0;
    }
  }

  /** What a receipt means that came. */
  enum Arrival {
    AWAITED,
    LATE,
    UNEXPECTED
  }

  /** A late receipt must not be taken for that of another frame. */
  void checkFree(@Nullable String receipt) {
    if (receipt != null && isKnown(receipt)) {
      throw new IllegalFrameException(
          Reason.DUPLICATE_RECEIPT, "the receipt '" + receipt + "' is awaited already");
    }
  }

  boolean isKnown(String receipt) {
    return awaited.containsKey(receipt) || overdue.contains(receipt);
  }

  void await(String receipt, Command command, @Nullable Long answerBy) {
    awaited.put(receipt, new Awaited(command, answerBy));
  }

  Arrival arrived(String receipt) {
    if (awaited.remove(receipt) != null) {
      return Arrival.AWAITED;
    }
    return overdue.remove(receipt) ? Arrival.LATE : Arrival.UNEXPECTED;
  }

  /** Gives up those whose time has passed. */
  List<SessionEvent.ReceiptOverdue> expire(long now) {
    List<SessionEvent.ReceiptOverdue> expired = new ArrayList<>();
    Iterator<Map.Entry<String, Awaited>> all = awaited.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<String, Awaited> entry = all.next();
      if (entry.getValue().isOverdue(now)) {
        expired.add(new SessionEvent.ReceiptOverdue(entry.getKey(), entry.getValue().command()));
        all.remove();
        giveUp(entry.getKey());
      }
    }
    return expired;
  }

  private void giveUp(String receipt) {
    overdue.add(receipt);
    if (overdue.size() > MOST_OVERDUE) {
      Iterator<String> oldest = overdue.iterator();
      oldest.next();
      oldest.remove();
    }
  }

  /** How long after {@code now} the next one is overdue; never negative. */
  long nanosUntilDue(long now) {
    long least = HeartBeatMonitor.NEVER;
    for (Awaited receipt : awaited.values()) {
      if (receipt.answerBy() != null) {
        least = Math.min(least, Math.max(0, receipt.answerBy() - now));
      }
    }
    return least;
  }

  /** Those that are awaited, oldest first. */
  List<String> outstanding() {
    return List.copyOf(awaited.keySet());
  }

  void clear() {
    awaited.clear();
    overdue.clear();
  }
}
