package io.stompbox.client;

import io.stompbox.client.BrokerProfile.Quirk;
import io.stompbox.client.ConnectionLostException.Sent;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.StompException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
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

  /** Makes whoever returns from commit find the sends told, though another thread tells them. */
  private final ReentrantLock lock = new ReentrantLock();

  /** Those of its sends whose outcome somebody wants to know and has not heard. */
  private final List<Confirmation> sends = new ArrayList<>();

  /** What it has acknowledged or refused. */
  private final List<Delivery> settled = new ArrayList<>();

  /** The message that was received last and may not be acknowledged yet. */
  private @Nullable Delivery pulled;

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
  }

  /** Tells the broker that it begins. */
  void begin() {
    write(epoch.commands().begin(id));
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
   */
  public void send(Outgoing message) {
    Outgoing changed = requests.outbox().observation().listeners().beforeSend(message);
    write(marking.apply(changed).frame("transaction", id));
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
    Confirmation confirmation =
        requests.receipts().confirmation("SEND to " + message.destination() + " in " + id);
    sends.add(confirmation);
    return confirmation;
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
    settle(delivery, Verdict.PROCESSED);
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
    if (epoch.profile().has(Quirk.NACKS_NOT_IN_TRANSACTIONS)) {
      throw new IllegalStateException(
          epoch.profile().name()
              + " takes no NACK in a transaction. Refuse the message after the commit instead");
    }
    settle(delivery, Verdict.REFUSED);
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
      pulled = message.delivery();
    }
    return Optional.ofNullable(pulled);
  }

  /** As {@link #receive}, but leaves it to the caller to acknowledge what comes. */
  Pulled next(Pulls pulls, Duration limit) throws InterruptedException {
    finishPulled();
    checkOpen();
    for (Subscription subscription : pulls.subscriptions()) {
      if (acknowledgesByItself(subscription)) {
        checkAcknowledges(subscription.options().acknowledgement());
      }
    }
    return pulls.next(limit.toNanos(), this);
  }

  private static boolean acknowledgesByItself(Subscription subscription) {
    Acknowledgement mode = subscription.options().acknowledgement();
    return mode == Acknowledgement.AFTER_PROCESSING || mode == Acknowledgement.BATCHED;
  }

  private void finishPulled() {
    Delivery last = pulled;
    pulled = null;
    if (last != null) {
      processed(last);
    }
  }

  /** A message was processed: acknowledge it here if that is the client's business. */
  void processed(Delivery delivery) {
    if (acknowledgesByItself(delivery.subscription()) && delivery.settlement() == null) {
      ack(delivery);
    }
  }

  private void settle(Delivery delivery, Verdict verdict) {
    checkAcknowledges(delivery.subscription().options().acknowledgement());
    checkOpen();
    if (!delivery.markSettled(verdict.inTransaction())) {
      throw new IllegalStateException(
          "the message was acknowledged or refused before: " + delivery);
    }
    try {
      writeHere(delivery, verdict);
      settled.add(delivery);
    } catch (StaleDeliveryException | IllegalFrameException e) {
      delivery.unsettle();
      throw e;
    }
  }

  private void checkAcknowledges(Acknowledgement mode) {
    if (epoch.profile().has(Quirk.ACKS_IGNORE_TRANSACTIONS)) {
      throw new IllegalStateException(
          epoch.profile().name()
              + " ignores transactions of acknowledgements: it would acknowledge or discard"
              + " at once. Do so after the commit instead");
    }
    if (mode == Acknowledgement.BATCHED) {
      throw new IllegalStateException(
          "an acknowledgement of BATCHED covers other messages too, which are not part of the"
              + " transaction; subscribe with MANUAL or AFTER_PROCESSING");
    }
    if (mode == Acknowledgement.BROKER) {
      throw new IllegalStateException(
          "the broker acknowledges by itself with BROKER; subscribe with MANUAL or"
              + " AFTER_PROCESSING");
    }
  }

  private void writeHere(Delivery delivery, Verdict verdict) {
    Acknowledgements acknowledgements = delivery.subscription().acknowledgements();
    boolean isWritten =
        acknowledgements.tellIn(
            delivery,
            verdict,
            epoch.link(),
            frame -> requests.send(frame.with("transaction", id), epoch));
    if (!isWritten) {
      throw new StaleDeliveryException(
          "the message came on another connection than the transaction's, or its subscription was"
              + " closed; it will come again");
    }
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
    finishPulled();
    checkOpen();
    state.set(State.COMMITTED);
    Confirmation confirmation =
        requests.receipts().confirmation("COMMIT of " + id, this::tellSends);
    requests.ask(epoch.commands().commit(id), epoch, confirmation);
    Outcome outcome = await(confirmation);
    tellSends(outcome);
    settle(outcome);
  }

  private Outcome await(Confirmation confirmation) {
    try {
      return confirmation.awaitOutcome(requests.timeouts().receipt().plus(MARGIN));
    } catch (StompTimeoutException e) {
      return new Outcome.Unknown(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException(
          "interrupted while waiting for the receipt of COMMIT; transaction "
              + id
              + " may be committed or not");
    }
  }

  private void settle(Outcome outcome) {
    if (outcome instanceof Outcome.NotSent notSent) {
      // It may have waited too long to be written on a connection that is there all the same.
      state.set(State.ROLLED_BACK);
      undo();
      throw rolledBack(notSent.cause());
    }
    if (outcome instanceof Outcome.Unknown unknown) {
      throw inDoubt(unknown.cause());
    }
    if (outcome instanceof Outcome.Rejected rejected) {
      throw rejected.cause();
    }
    settled.stream()
        .filter(message -> message.settlement() == Settlement.ACKNOWLEDGED_IN_TRANSACTION)
        .forEach(message -> message.subscription().seen().add(message));
  }

  /** What became of COMMIT became of all that was sent before it. */
  private void tellSends(Outcome ofCommit) {
    Outcome outcome = ofCommit;
    if (ofCommit instanceof Outcome.NotSent notSent) {
      outcome = new Outcome.NotSent(rolledBack(notSent.cause()));
    } else if (ofCommit instanceof Outcome.Unknown unknown) {
      outcome = new Outcome.Unknown(inDoubt(unknown.cause()));
    }
    lock.lock();
    try {
      for (Confirmation send : sends) {
        requests.outbox().counter().count(outcome);
        send.complete(outcome);
      }
      sends.clear();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Undoes everything. Messages whose acknowledgement is undone come again only on a new
   * connection. Does nothing if the connection was lost, since the broker has undone it then.
   *
   * @throws IllegalStateException after commit or abort
   */
  public void abort() {
    if (state.get() == State.ROLLED_BACK) {
      return;
    }
    checkNotEnded();
    state.set(State.ABORTED);
    undo();
    tellSends(
        new Outcome.NotSent(
            new ConnectionLostException("the program has aborted it", Sent.NOT_SENT)));
  }

  private void undo() {
    settled.forEach(Delivery::unsettle);
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

  private void write(Frame frame) {
    checkOpen();
    // The writer would leave the frame out, and COMMIT would make the rest of the work effective.
    epoch.check(frame);
    requests.outbox().put(Outbound.bound(frame, epoch.number()), requests.timeouts().receipt());
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
      tellSends(new Outcome.NotSent(lost()));
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
