package io.stompbox.client;

import io.stompbox.client.BrokerProfile.Quirk;
import io.stompbox.client.ConnectionLostException.Sent;
import io.stompbox.protocol.frame.Frame;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Sends and acknowledgements that take effect together. It lives on one physical connection: if
 * that is lost before {@link #commit()}, the broker undoes all of it, every later call fails with
 * {@link TransactionRolledBackException}, and nothing is replayed. Use it from one thread at a
 * time.
 */
public final class Transaction implements AutoCloseable {
  private final String id;
  private final Epoch epoch;
  private final Subscriptions subscriptions;
  private final Outbox outbox;
  private final Receipts receipts;
  private final Duration limit;
  private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

  private enum State {
    /** Takes work. */
    OPEN,
    /** COMMIT was sent. */
    COMMITTED,
    /** ABORT was sent, or would be if the connection were there. */
    ABORTED
  }

  Transaction(
      String id,
      Epoch epoch,
      Subscriptions subscriptions,
      Outbox outbox,
      Receipts receipts,
      Duration limit) {
    this.id = id;
    this.epoch = epoch;
    this.subscriptions = subscriptions;
    this.outbox = outbox;
    this.receipts = receipts;
    this.limit = limit;
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
    write(message.frame("transaction", id));
  }

  /**
   * Acknowledges a message when the transaction commits.
   *
   * @throws TransactionRolledBackException if the connection was lost
   * @throws IllegalStateException after commit or abort, if the message was settled before, or on
   *     Artemis, which would acknowledge at once and keep the message lost after an abort
   */
  public void ack(Delivery delivery) {
    if (epoch.profile().has(Quirk.ACKS_IGNORE_TRANSACTIONS)) {
      throw new IllegalStateException(
          epoch.profile().name()
              + " ignores transactions of acknowledgements: it would acknowledge"
              + " at once. Acknowledge after the commit instead");
    }
    checkOpen();
    if (delivery.epoch() != epoch.number()) {
      throw new IllegalStateException(
          "the message came on another connection than the transaction's; it will come again");
    }
    if (!delivery.markSettled()) {
      throw new IllegalStateException(
          "the message was acknowledged or refused before: " + delivery);
    }
    write(epoch.commands().ack(delivery.frame()).with("transaction", id));
  }

  /**
   * Makes everything take effect, and waits for the broker's word.
   *
   * @throws TransactionRolledBackException if the connection was lost before COMMIT was written
   * @throws TransactionInDoubtException if it was lost after, or no receipt came in time
   * @throws BrokerErrorException if the broker refused
   * @throws IllegalStateException after commit or abort
   */
  public void commit() {
    checkOpen();
    state.set(State.COMMITTED);
    String receipt = receipts.next();
    Confirmation confirmation = receipts.confirmation("COMMIT of " + id);
    Frame frame = epoch.commands().commit(id).with("receipt", receipt);
    Outbound outbound = Outbound.bound(frame, epoch.number(), receipt, confirmation);
    outbound.deadline(outbox.deadline(limit.multipliedBy(2)));
    outbox.putLast(outbound);
    settle(await(confirmation));
  }

  private Outcome await(Confirmation confirmation) {
    try {
      return confirmation.awaitOutcome(limit);
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
      throw rolledBack(notSent.cause());
    }
    if (outcome instanceof Outcome.Unknown unknown) {
      throw new TransactionInDoubtException(
          "COMMIT of transaction "
              + id
              + " was sent, but no receipt came: "
              + unknown.cause().getMessage(),
          unknown.cause());
    }
    if (outcome instanceof Outcome.Rejected rejected) {
      throw rejected.cause();
    }
  }

  /**
   * Undoes everything. Messages whose acknowledgement is undone come again only on a new
   * connection. Does nothing if the connection was lost, since the broker has undone it then.
   *
   * @throws IllegalStateException after commit or abort
   */
  public void abort() {
    checkNotEnded();
    state.set(State.ABORTED);
    if (isAlive()) {
      outbox.putLast(Outbound.bound(epoch.commands().abort(id), epoch.number()));
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
    outbox.put(Outbound.bound(frame, epoch.number()), limit);
  }

  private void checkOpen() {
    checkNotEnded();
    if (!isAlive()) {
      state.set(State.ABORTED);
      throw rolledBack(
          new ConnectionLostException(
              "the connection " + epoch.number() + " was lost", Sent.NOT_SENT));
    }
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

  private TransactionRolledBackException rolledBack(Throwable cause) {
    return new TransactionRolledBackException(
        "transaction "
            + id
            + " was rolled back by the broker: "
            + cause.getMessage()
            + "; it is safe to run it again",
        cause);
  }

  @Override
  public String toString() {
    return "transaction " + id + " (" + state.get() + ")";
  }
}
