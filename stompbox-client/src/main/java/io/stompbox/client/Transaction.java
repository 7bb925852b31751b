package io.stompbox.client;

import io.stompbox.client.ConnectionLostException.Sent;
import io.stompbox.protocol.codec.EncoderOptions.ContentLength;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.StompException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Sends and acknowledgements that take effect together. It lives on one physical connection: if
 * that is lost before {@link #commit()}, the broker undoes all of it, every later call fails with
 * {@link TransactionRolledBackException}, and nothing is replayed. Use it from one thread at a
 * time.
 */
public final class Transaction implements AutoCloseable {
  /** Beyond the deadline of COMMIT, which decides whether it was written. */
  private static final Duration MARGIN = Duration.ofSeconds(1);

  private final String id;
  private final Epoch epoch;
  private final Subscriptions subscriptions;
  private final Requests requests;
  private final UnaryOperator<Outgoing> marking;
  private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

  private final TransactedSends sends;
  private final TransactedAcks acks;

  private enum State {
    /** Takes work. */
    OPEN,
    /** COMMIT was sent. */
    COMMITTED,
    /** ABORT was sent. */
    ABORTED,
    /** The connection was lost before COMMIT was written. */
    ROLLED_BACK
  }

  /**
   * Creates it.
   *
   * @param marking gives messages what they carry besides
   */
  Transaction(
      String id,
      Epoch epoch,
      Subscriptions subscriptions,
      Requests requests,
      UnaryOperator<Outgoing> marking) {
    this.marking = marking;
    this.id = id;
    this.epoch = epoch;
    this.subscriptions = subscriptions;
    this.requests = requests;
    this.sends = new TransactedSends(requests);
    this.acks = new TransactedAcks(id, epoch, requests);
  }

  /** Tells the broker that it begins. */
  void begin() {
    write(epoch.commands().begin(id), ContentLength.AUTOMATIC, null);
  }

  /** The id, as it stands in the frames. */
  public String id() {
    return id;
  }

  /** Sends UTF-8 text; the broker gives it to nobody before the commit. */
  public void send(String destination, String text) {
    send(Outgoing.to(destination).text(text));
  }

  /**
   * Sends a message; the broker gives it to nobody before the commit.
   *
   * @throws TransactionRolledBackException if the connection was lost
   * @throws IllegalStateException after commit or abort
   * @throws IllegalArgumentException as {@link StompClient#send(Outgoing)}, and if the message has
   *     a receipt of the program's own
   */
  public void send(Outgoing message) {
    if (message.receipt() != null) {
      throw new IllegalArgumentException(
          "the receipt '"
              + message.receipt()
              + "' would say nothing of the commit; leave it out, the transaction asks for its own");
    }
    Outgoing changed = requests.outbox().observation().listeners().beforeSend(message);
    Outgoing marked = marking.apply(changed);
    Frame frame = marked.frame(epoch.profile()).with("transaction", id);
    write(frame, marked.lengthOr(ContentLength.AUTOMATIC), marked.source().orElse(null));
  }

  /**
   * As {@link #send(Outgoing)}, and says what became of the message. That is what becomes of the
   * transaction, since a broker's receipt for a message inside says nothing of the commit: it is
   * known after {@link #commit()}, {@link #abort()} or the first call after a loss, so don't wait
   * for it before.
   *
   * @return {@link Outcome.Confirmed} when the receipt of COMMIT has come, {@link Outcome.NotSent}
   *     with {@link TransactionRolledBackException}, or {@link Outcome.Unknown} with {@link
   *     TransactionInDoubtException}; it is never sent again
   */
  public Confirmation sendConfirmed(Outgoing message) {
    send(message);
    return sends.add("SEND to " + message.destination() + " in " + id);
  }

  /**
   * Acknowledges a message when the transaction commits. After a rollback or an abort it can be
   * acknowledged or refused again.
   *
   * @throws TransactionRolledBackException if the connection was lost
   * @throws StaleDeliveryException if the message came on an earlier connection, or its
   *     subscription was closed; it comes again
   * @throws IllegalStateException after commit or abort, if the message was settled before, on
   *     Artemis, which would acknowledge at once and keep the message lost after an abort, and with
   *     {@link Acknowledgement#BATCHED} and {@link Acknowledgement#BROKER}
   */
  public void ack(Delivery delivery) {
    checkOpen();
    acks.settle(delivery, Verdict.PROCESSED);
  }

  /**
   * Refuses a message when the transaction commits; what the broker does then is what {@link
   * Delivery#nack()} says. After a rollback or an abort it can be acknowledged or refused again.
   *
   * @throws IllegalStateException as {@link #ack}, and on ActiveMQ Classic, which takes no NACK in
   *     a transaction
   * @throws IllegalArgumentException in STOMP 1.0, which has no NACK
   * @throws TransactionRolledBackException as {@link #ack}
   * @throws StaleDeliveryException as {@link #ack}
   */
  public void nack(Delivery delivery) {
    checkOpen();
    acks.settle(delivery, Verdict.REFUSED);
  }

  /**
   * Waits for the next message of any subscription without a handler. Asking for the next one, and
   * {@link #commit()}, acknowledge the one before in this transaction, if its subscription has
   * {@link Acknowledgement#AFTER_PROCESSING}. After {@link #abort()} it is not acknowledged.
   *
   * @return the message; empty if none came within {@code limit}, or the client was closed
   * @throws TransactionRolledBackException if the connection was lost, also while it waits
   * @throws StompException what ended a subscription
   * @throws IllegalStateException after commit or abort, and if a subscription that messages are
   *     pulled from can't acknowledge in a transaction: with {@link Acknowledgement#BATCHED}, and
   *     on Artemis unless it has {@link Acknowledgement#MANUAL} or {@link Acknowledgement#BROKER}
   * @throws InterruptedException if the thread is interrupted; no message is lost
   */
  public Optional<Delivery> receive(Duration limit) throws InterruptedException {
    if (next(subscriptions.pulls(), limit) instanceof Pulled.Message message) {
      acks.pulled(message.delivery());
      return Optional.of(message.delivery());
    }
    return Optional.empty();
  }

  /** As {@link #receive}, but leaves it to the caller to acknowledge what comes. */
  Pulled next(Pulls pulls, Duration limit) throws InterruptedException {
    checkOpen();
    acks.finishPulled();
    acks.checkReceivesFrom(pulls.subscriptions());
    return pulls.next(Durations.nanos(limit), this);
  }

  /** A message was processed: acknowledge it here if that is the client's business. */
  void processed(Delivery delivery) {
    checkOpen();
    acks.processed(delivery);
  }

  /**
   * Makes everything take effect, and waits for the broker's word.
   *
   * @throws TransactionRolledBackException if the connection was lost before COMMIT was written
   * @throws TransactionInDoubtException if it was lost after, or no receipt came in time
   * @throws BrokerErrorException if the broker refused
   * @throws CancellationException if the thread is interrupted while it waits; whether the
   *     transaction was committed is not known then
   * @throws IllegalStateException after commit or abort
   */
  public void commit() {
    Confirmation committed = requests.receipts().confirmation("COMMIT of " + id);
    Confirmation receipt = commit(committed);
    Outcome outcome = await(committed, receipt);
    if (!(outcome instanceof Outcome.Confirmed)) {
      throw Confirmation.causeOf(outcome);
    }
  }

  /**
   * As {@link #commit()}, but does not wait for the broker's word.
   *
   * @return what learns of it: {@link Outcome.Confirmed}, {@link Outcome.NotSent} with {@link
   *     TransactionRolledBackException}, {@link Outcome.Unknown} with {@link
   *     TransactionInDoubtException}, or {@link Outcome.Rejected}
   * @throws TransactionRolledBackException if the connection was lost before
   * @throws IllegalStateException after commit or abort
   */
  public Confirmation commitConfirmed() {
    Confirmation committed = requests.receipts().confirmation("COMMIT of " + id);
    commit(committed);
    return committed;
  }

  /** Sends COMMIT; returns what its receipt completes, which completes the other in turn. */
  private Confirmation commit(Confirmation committed) {
    checkOpen();
    acks.finishPulled();
    state.set(State.COMMITTED);
    Confirmation receipt =
        requests
            .receipts()
            .confirmation("COMMIT of " + id, outcome -> committed.complete(ended(outcome)));
    requests.ask(epoch.commands().commit(id), epoch, receipt);
    return receipt;
  }

  private Outcome await(Confirmation committed, Confirmation receipt) {
    try {
      return committed.awaitOutcome(requests.timeouts().receipt().plus(MARGIN));
    } catch (StompTimeoutException e) {
      receipt.complete(new Outcome.Unknown(e));
      return committed.outcome().orElseGet(() -> new Outcome.Unknown(inDoubt(e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException(
          "interrupted while waiting for the receipt of COMMIT; transaction "
              + id
              + " may be committed or not");
    }
  }

  /** The outcome of COMMIT is known; returns it in the words of transactions. */
  private Outcome ended(Outcome ofCommit) {
    Outcome outcome = ofCommit;
    if (ofCommit instanceof Outcome.NotSent notSent) {
      // It may have waited too long to be written on a connection that is there all the same.
      state.set(State.ROLLED_BACK);
      undo();
      outcome = new Outcome.NotSent(rolledBack(notSent.cause()));
    } else if (ofCommit instanceof Outcome.Unknown unknown) {
      outcome = new Outcome.Unknown(inDoubt(unknown.cause()));
    } else if (ofCommit instanceof Outcome.Confirmed) {
      acks.committed();
    }
    sends.tell(outcome);
    return outcome;
  }

  /**
   * Undoes everything. Messages whose acknowledgement is undone come again only on a new
   * connection. Does nothing if the connection was lost, since the broker has undone it then.
   *
   * @throws IllegalStateException after commit or abort
   */
  public void abort() {
    if (isToBeAborted()) {
      undo();
      sends.tell(aborted());
    }
  }

  /**
   * As {@link #abort()}, and asks the broker for a receipt.
   *
   * @return what learns of it: {@link Outcome.Confirmed}, or something else if the connection is
   *     lost before, with which the broker undoes everything as well
   * @throws IllegalStateException after commit or abort
   */
  public Confirmation abortConfirmed() {
    Confirmation receipt = requests.receipts().confirmation("ABORT of " + id);
    if (isToBeAborted() && isAlive()) {
      acks.undone();
      sends.tell(aborted());
      requests.ask(epoch.commands().abort(id), epoch, receipt);
    } else {
      receipt.complete(new Outcome.NotSent(lost()));
    }
    return receipt;
  }

  /** Whether there is something to undo; not so after a loss. */
  private boolean isToBeAborted() {
    if (state.get() == State.ROLLED_BACK) {
      return false;
    }
    checkNotEnded();
    state.set(State.ABORTED);
    return true;
  }

  private static Outcome aborted() {
    return new Outcome.NotSent(
        new ConnectionLostException("the program has aborted it", Sent.NOT_SENT));
  }

  private void undo() {
    acks.undone();
    if (isAlive()) {
      requests.send(epoch.commands().abort(id), epoch);
    }
  }

  /** Aborts, unless it was committed or aborted. */
  @Override
  public void close() {
    if (state.get() == State.OPEN) {
      abort();
    }
  }

  private void write(Frame frame, ContentLength length, @Nullable BodySource source) {
    checkOpen();
    // The writer would leave the frame out, and COMMIT would make the rest of the work effective.
    epoch.check(frame);
    Outbound outbound = Outbound.bound(frame, epoch.number()).contentLength(length).source(source);
    requests.outbox().put(outbound, requests.timeouts().receipt());
  }

  /** Whether it takes work: neither committed nor aborted, and its connection is there. */
  public boolean isOpen() {
    return state.get() == State.OPEN && isAlive();
  }

  /** The number of its connection. */
  int epoch() {
    return epoch.number();
  }

  /**
   * Checks that it takes work.
   *
   * @throws TransactionRolledBackException if its connection was lost
   * @throws IllegalStateException after commit or abort
   */
  void checkOpen() {
    if (state.get() == State.OPEN && !isAlive()) {
      state.set(State.ROLLED_BACK);
      undo();
      sends.tell(new Outcome.NotSent(rolledBack(lost())));
    }
    if (state.get() == State.ROLLED_BACK) {
      throw rolledBack(lost());
    }
    checkNotEnded();
  }

  private ConnectionLostException lost() {
    return new ConnectionLostException(
        "the connection " + epoch.number() + " was lost", Sent.NOT_SENT);
  }

  private void checkNotEnded() {
    if (state.get() != State.OPEN) {
      throw new IllegalStateException(
          "transaction " + id + " is " + state.get() + " already; begin another");
    }
  }

  private boolean isAlive() {
    Epoch current = subscriptions.current();
    return current != null && current.number() == epoch.number();
  }

  private TransactionRolledBackException rolledBack(StompException cause) {
    return new TransactionRolledBackException(
        "transaction "
            + id
            + " was rolled back: "
            + cause.getMessage()
            + "; it is safe to run it again",
        cause);
  }

  private TransactionInDoubtException inDoubt(StompException cause) {
    return new TransactionInDoubtException(
        "COMMIT of transaction " + id + " was sent, but no receipt came: " + cause.getMessage(),
        cause);
  }

  @Override
  public String toString() {
    return "transaction " + id + " (" + state.get() + ")";
  }
}
