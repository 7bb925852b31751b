package io.stompbox.protocol.session;

import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.IllegalFrameException.Reason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The open transactions of one connection, with what to undo if they are aborted. */
final class Transactions {
  /** Oldest first. */
  private final Map<String, List<Runnable>> open = new LinkedHashMap<>();

  void checkFree(String transaction) {
    if (open.containsKey(transaction)) {
      throw new IllegalFrameException(
          Reason.DUPLICATE_ID, "the transaction '" + transaction + "' is open already");
    }
  }

  void checkOpen(@Nullable String transaction) {
    if (transaction != null && !open.containsKey(transaction)) {
      throw new IllegalFrameException(
          Reason.UNKNOWN_TRANSACTION,
          "the transaction '" + transaction + "' is not open; open are " + open.keySet());
    }
  }

  boolean isOpen(String transaction) {
    return open.containsKey(transaction);
  }

  void begin(String transaction) {
    open.put(transaction, new ArrayList<>());
  }

  /** Takes note of how to undo what happened in a transaction; does nothing without one. */
  void onAbort(@Nullable String transaction, Runnable undo) {
    List<Runnable> undos = open.get(transaction);
    if (undos != null) {
      undos.add(undo);
    }
  }

  void commit(String transaction) {
    open.remove(transaction);
  }

  /** Undoes what happened in it, the last first. */
  void abort(String transaction) {
    List<Runnable> undos = open.remove(transaction);
    if (undos != null) {
      Collections.reverse(undos);
      undos.forEach(Runnable::run);
    }
  }

  List<String> names() {
    return List.copyOf(open.keySet());
  }

  void clear() {
    open.clear();
  }
}
