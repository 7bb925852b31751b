package io.stompbox.client;

import io.stompbox.client.BrokerProfile.Quirk;
import io.stompbox.protocol.frame.StompException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Begins the transactions of a client. Safe to share between threads. */
final class Transactions {
  /** What {@link Quirk#COMMIT_REFUSES_KNOWN_IDS} says. */
  private static final String KNOWN_IDS = "AMQ339013";

  private final Requests requests;
  private final Subscriptions subscriptions;
  private final Reconnector reconnector;
  private final DuplicateDetection duplicates;
  private final AtomicLong ids = new AtomicLong();

  /** Begins the ids of messages, which those of other clients must not have. */
  private final UUID client = UUID.randomUUID();

  private final AtomicLong works = new AtomicLong();

  Transactions(
      Requests requests,
      Subscriptions subscriptions,
      Reconnector reconnector,
      DuplicateDetection duplicates) {
    this.requests = requests;
    this.subscriptions = subscriptions;
    this.reconnector = reconnector;
    this.duplicates = duplicates;
  }

  Transaction begin() {
    return begin(current(), UnaryOperator.identity());
  }

  private Epoch current() {
    return reconnector.current(requests.timeouts().receipt());
  }

  private Transaction begin(Epoch epoch, UnaryOperator<Outgoing> marking) {
    String id = "t-" + ids.incrementAndGet();
    Transaction transaction = new Transaction(id, epoch, subscriptions, requests, marking);
    transaction.begin();
    return transaction;
  }

  /** Runs the work, again as {@code retries} say. */
  <E extends Exception> void run(TransactionWork<E> work, TransactionRetries retries) throws E {
    String idPrefix = client + "-w-" + works.incrementAndGet();
    TransactionInDoubtException doubt = null;
    boolean isDone = false;
    for (int left = retries.most(); !isDone; left--) {
      try {
        run(work, retries.inDoubt() ? beginWithIds(idPrefix) : begin());
        isDone = true;
      } catch (Exception e) {
        isDone = doubt != null && saysThatIdsAreKnown(e);
        if (!isDone && (left == 0 || !retries.allow(e))) {
          tellDoubt(doubt, e);
          throw e;
        }
        doubt = e instanceof TransactionInDoubtException unknown ? unknown : doubt;
      }
    }
  }

  /** What ends a later run says nothing of the one that may have taken effect. */
  private static void tellDoubt(@Nullable TransactionInDoubtException doubt, Exception last) {
    if (doubt == null || last instanceof TransactionInDoubtException) {
      return;
    }
    if (last instanceof StompException) {
      doubt.addSuppressed(last);
      throw doubt;
    }
    last.addSuppressed(doubt);
  }

  private static <E extends Exception> void run(TransactionWork<E> work, Transaction begun)
      throws E {
    try (Transaction transaction = begun) {
      work.run(transaction);
      transaction.commit();
    }
  }

  private Transaction beginWithIds(String prefix) {
    Epoch epoch = current();
    String header = duplicates.header(epoch.profile());
    if (header == null) {
      throw new IllegalStateException(
          "work can't be run again in doubt, since nobody would know its messages: "
              + epoch.profile().name()
              + " looks for no ids; use DuplicateDetection.InHeader, or don't ask for orInDoubt()");
    }
    return begin(epoch, new RunIds(header, prefix)::next);
  }

  /** The broker may not have named COMMIT in its ERROR, but nothing else is refused with that. */
  private boolean saysThatIdsAreKnown(Exception failure) {
    Epoch last = reconnector.last();
    boolean isSaying = last != null && last.profile().has(Quirk.COMMIT_REFUSES_KNOWN_IDS);
    Throwable cause = failure;
    while (cause != null && !(cause instanceof BrokerErrorException)) {
      cause = cause.getCause();
    }
    return isSaying
        && cause instanceof BrokerErrorException error
        && (error.frame().header("message") + error.frame().text()).contains(KNOWN_IDS);
  }
}
