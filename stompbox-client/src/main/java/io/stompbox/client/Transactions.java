package io.stompbox.client;

import io.stompbox.client.BrokerProfile.Quirk;
import io.stompbox.protocol.codec.EncoderOptions.ContentLength;
import io.stompbox.protocol.frame.StompException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Begins the transactions of a client. Safe to share between threads. */
final class Transactions {
  /** What {@link Quirk#COMMIT_REFUSES_KNOWN_IDS} says. */
  private static final String KNOWN_IDS = "AMQ339013";

  /** The client makes ids of this form itself. */
  private static final Pattern OWN_ID = Pattern.compile("t-\\d+");

  private final Requests requests;
  private final Subscriptions subscriptions;
  private final Reconnector reconnector;
  private final DuplicateDetection duplicates;
  private final ContentLength contentLength;
  private final AtomicLong ids = new AtomicLong();

  /** Those that have begun, some of which may have ended. */
  private final Map<String, Transaction> open = new ConcurrentHashMap<>();

  /** Begins the ids of messages, which those of other clients must not have. */
  private final UUID client = UUID.randomUUID();

  private final AtomicLong works = new AtomicLong();

  Transactions(
      Requests requests,
      Subscriptions subscriptions,
      Reconnector reconnector,
      ClientOptions options) {
    this.requests = requests;
    this.subscriptions = subscriptions;
    this.reconnector = reconnector;
    this.duplicates = options.duplicates();
    this.contentLength = options.contentLength();
  }

  Transaction begin() {
    return begin(current(), UnaryOperator.identity());
  }

  /** Begins one with the program's own id. */
  Transaction begin(String id) {
    if (id.isBlank() || OWN_ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "'" + id + "' can't be the id of a transaction; t-1 and the like are the client's own");
    }
    return begin(id, current(), UnaryOperator.identity());
  }

  private Epoch current() {
    return reconnector.current(requests.timeouts().receipt());
  }

  private Transaction begin(Epoch epoch, UnaryOperator<Outgoing> marking) {
    return begin("t-" + ids.incrementAndGet(), epoch, marking);
  }

  private Transaction begin(String id, Epoch epoch, UnaryOperator<Outgoing> marking) {
    epoch.profile().checkConfirms("transactions");
    open.values().removeIf(other -> !other.isOpen());
    UnaryOperator<Outgoing> complete =
        message -> {
          Outgoing marked = marking.apply(message);
          return marked.with(marked.lengthOr(contentLength));
        };
    Transaction transaction = new Transaction(id, epoch, subscriptions, requests, complete);
    if (open.putIfAbsent(id, transaction) != null) {
      throw new IllegalArgumentException(
          "there is a transaction '" + id + "' already; commit or abort it first");
    }
    try {
      transaction.begin();
    } catch (RuntimeException e) {
      open.remove(id, transaction);
      throw e;
    }
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
