package io.stompbox.protocol.session;

import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.IllegalFrameException.Reason;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.Version;
import java.util.List;
import java.util.Optional;

/**
 * The client's side of a conversation, without I/O: makes the frames to send, takes the frames that
 * came, and knows what is outstanding. A frame that is out of place is refused before anything
 * changes.
 *
 * <p>The driver opens connections, moves octets and keeps time, which it passes in as the
 * nanoseconds of any monotonic clock. It hands each frame that comes to {@link #receive}, asks
 * {@link #due} when {@link #nanosUntilDue} says so, and calls {@link #ended} when the connection is
 * gone. Then it connects again and makes the subscriptions that {@link #replay()} returns once
 * more. Not safe to share between threads.
 *
 * <p>Free headers must not name what a parameter sets, nor {@code receipt} and {@code transaction}:
 * the session would not know of them.
 */
public final class Session {
  private final SessionOptions options;
  private final ConnectionLife connection;
  private final Subscriptions subscriptions = new Subscriptions();
  private final Receipts receipts = new Receipts();
  private final Transactions transactions = new Transactions();
  private final Reception reception;

  /** How many ids were made. */
  private long ids;

  /** Creates a session that is not connected. */
  public Session(SessionOptions options) {
    this.options = options;
    this.connection = new ConnectionLife(options);
    this.reception = new Reception(options, connection, subscriptions, receipts, transactions);
  }

  /** Where it stands. */
  public SessionState state() {
    return connection.state();
  }

  /** The version that was negotiated; while there is none, the highest that is offered. */
  public Version version() {
    return connection.version();
  }

  /** What CONNECTED settled; empty while not connected. */
  public Optional<Agreement> agreement() {
    return connection.agreement();
  }

  /** The receipts that were asked for and have not come, oldest first. */
  public List<String> outstandingReceipts() {
    return receipts.outstanding();
  }

  /** The transactions that were begun and not ended, oldest first. */
  public List<String> openTransactions() {
    return transactions.names();
  }

  /**
   * How many messages of a subscription wait for their acknowledgement.
   *
   * @throws IllegalFrameException if there is no such subscription
   */
  public int unacknowledged(SubscriptionToken token) {
    return subscriptions.known(token).unacknowledged();
  }

  /** Returns an id that this session has not given out and that nothing of it has. */
  public String newId(String prefix) {
    String id;
    do {
      ids++;
      id = prefix + ids;
    } while (receipts.isKnown(id)
        || transactions.isOpen(id)
        || subscriptions.isOpen(new SubscriptionToken.ById(id)));
    return id;
  }

  /**
   * Returns a CONNECT frame.
   *
   * @param host the virtual host
   * @param with headers such as login, passcode and client-id, and until when to wait for CONNECTED
   * @throws IllegalStateException if it is connected already
   */
  public Frame connect(String host, FrameOptions with) {
    return connection.open(Command.CONNECT, host, with);
  }

  /** As {@link #connect}, with a STOMP frame, which offers the versions from 1.1 on. */
  public Frame stomp(String host, FrameOptions with) {
    return connection.open(Command.STOMP, host, with);
  }

  /** Returns a SEND frame. */
  public Frame send(String destination, Body body, FrameOptions with) {
    connection.check(Command.SEND);
    return sent(connection.commands().send(destination, body, with), with);
  }

  /**
   * Subscribes with an id.
   *
   * @param ack auto, client or client-individual; the last is an extension in 1.0, which strict
   *     sessions refuse
   * @param context whatever the program wants back with each message
   * @return the subscription and its SUBSCRIBE frame
   * @throws IllegalFrameException if there is a subscription with this id
   */
  public Subscribed subscribe(
      String destination, String id, String ack, FrameOptions with, Object context) {
    connection.check(Command.SUBSCRIBE);
    Frame frame = connection.commands().subscribe(destination, id, ack, with);
    return subscribed(new SubscriptionToken.ById(id), ack, frame, with, context);
  }

  /**
   * Subscribes without an id, as only STOMP 1.0 allows. Messages are told apart by destination.
   *
   * @throws IllegalFrameException in other versions, and if there is such a subscription already
   */
  public Subscribed subscribeWithoutId(
      String destination, String ack, FrameOptions with, Object context) {
    connection.check(Command.SUBSCRIBE);
    with.checkWithoutId(Command.SUBSCRIBE);
    Frame frame = connection.commands().subscribeWithoutId(destination, ack, with);
    return subscribed(new SubscriptionToken.ByDestination(destination), ack, frame, with, context);
  }

  /**
   * Makes a subscription of an earlier connection again, as it was but for its deadline and its
   * transaction, which ended with that connection.
   */
  public Subscribed subscribe(Subscribed earlier) {
    FrameOptions with = earlier.with().answerBy(null).inTransaction(null);
    return earlier.token() instanceof SubscriptionToken.ById byId
        ? subscribe(earlier.destination(), byId.id(), earlier.ack(), with, earlier.context())
        : subscribeWithoutId(earlier.destination(), earlier.ack(), with, earlier.context());
  }

  private Subscribed subscribed(
      SubscriptionToken token, String ack, Frame frame, FrameOptions with, Object context) {
    if (options.isStrict() && version() == Version.V1_0 && ack.equals("client-individual")) {
      throw new IllegalFrameException(
          Reason.BAD_ACK_MODE, "STOMP 1.0 has the ack modes auto and client, but not " + ack);
    }
    subscriptions.checkFree(token);
    sent(frame, with);
    Subscribed subscribed =
        new Subscribed(token, frame.require("destination"), ack, with, context, frame);
    subscriptions.add(subscribed);
    return subscribed;
  }

  /**
   * Returns an UNSUBSCRIBE frame.
   *
   * @throws IllegalFrameException if there is no such subscription
   */
  public Frame unsubscribe(SubscriptionToken token, FrameOptions with) {
    connection.check(Command.UNSUBSCRIBE);
    subscriptions.known(token);
    if (token instanceof SubscriptionToken.ByDestination) {
      with.checkWithoutId(Command.UNSUBSCRIBE);
    }
    Frame frame = sent(connection.commands().unsubscribe(token, with), with);
    subscriptions.remove(token);
    return frame;
  }

  /**
   * Returns the ACK for a message; empty if the broker acknowledges by itself. Covers all earlier
   * messages of the subscription in client mode, and only this one in client-individual mode.
   *
   * @throws IllegalFrameException if it was acknowledged before, came on another connection, or
   *     lacks the header that the version needs
   */
  public Optional<Frame> ack(ReceivedMessage message, FrameOptions with) {
    connection.check(Command.ACK);
    connection.checkCurrent(message);
    SubscriptionRecord subscription = subscriptions.unsettled(message);
    if (subscription.isAuto()) {
      return Optional.empty();
    }
    Frame frame = sent(connection.commands().ack(MessageIds.of(message.frame()), with), with);
    settle(subscription, message, with);
    return Optional.of(frame);
  }

  /**
   * Returns the NACK for a message, and covers what {@link #ack} covers.
   *
   * @throws IllegalFrameException as {@link #ack} does, in 1.0, and if the broker acknowledges by
   *     itself
   */
  public Frame nack(ReceivedMessage message, FrameOptions with) {
    connection.check(Command.NACK);
    connection.checkCurrent(message);
    SubscriptionRecord subscription = subscriptions.unsettled(message);
    if (subscription.isAuto()) {
      throw new IllegalFrameException(
          Reason.NACK_ON_AUTO,
          "the broker has acknowledged the message by itself, as the subscription asked it to");
    }
    Frame frame = sent(connection.commands().nack(MessageIds.of(message.frame()), with), with);
    settle(subscription, message, with);
    return frame;
  }

  /** What is acknowledged in a transaction is open again if that is aborted. */
  private void settle(SubscriptionRecord subscription, ReceivedMessage message, FrameOptions with) {
    List<ReceivedMessage> settled = subscription.settle(message);
    transactions.onAbort(with.transaction(), () -> subscription.unsettle(settled));
  }

  /**
   * Returns a BEGIN frame.
   *
   * @throws IllegalFrameException if a transaction of this id is open
   */
  public Frame begin(String transaction, FrameOptions with) {
    connection.check(Command.BEGIN);
    transactions.checkFree(transaction);
    Frame frame = sent(connection.commands().begin(transaction, with), with);
    transactions.begin(transaction);
    return frame;
  }

  /**
   * Returns a COMMIT frame.
   *
   * @throws IllegalFrameException if no transaction of this id is open
   */
  public Frame commit(String transaction, FrameOptions with) {
    connection.check(Command.COMMIT);
    transactions.checkOpen(transaction);
    Frame frame = sent(connection.commands().commit(transaction, with), with);
    transactions.commit(transaction);
    return frame;
  }

  /**
   * Returns an ABORT frame. What was acknowledged in the transaction is open again.
   *
   * @throws IllegalFrameException if no transaction of this id is open
   */
  public Frame abort(String transaction, FrameOptions with) {
    connection.check(Command.ABORT);
    transactions.checkOpen(transaction);
    Frame frame = sent(connection.commands().abort(transaction, with), with);
    transactions.abort(transaction);
    return frame;
  }

  /**
   * Returns a DISCONNECT frame; empty if it was made before, whose answer then counts. Ask for a
   * receipt and wait for {@link SessionEvent.Disconnected} before closing the connection.
   */
  public Optional<Frame> disconnect(FrameOptions with) {
    connection.check(Command.DISCONNECT);
    if (connection.isEnding()) {
      return Optional.empty();
    }
    Frame frame = sent(connection.commands().disconnect(with), with);
    connection.farewell(with.receipt());
    return Optional.of(frame);
  }

  /** Takes note of a frame that is to be sent; changes nothing if it is refused. */
  private Frame sent(Frame frame, FrameOptions with) {
    with.checkFree(frame);
    transactions.checkOpen(with.transaction());
    receipts.checkFree(with.receipt());
    connection.checkEncodable(frame);
    if (with.receipt() != null) {
      receipts.await(with.receipt(), frame.command(), with.answerBy());
    }
    connection.moved(frame.command());
    return frame;
  }

  /**
   * Takes a frame that the server sent.
   *
   * @param now when it came, for the heart-beats
   * @throws ProtocolException if the server may not send it now, or if it lacks what it needs:
   *     close the connection and call {@link #ended}
   */
  public SessionEvent receive(Frame frame, long now) {
    return reception.receive(frame, now);
  }

  /**
   * The connection is gone, or has to be closed. What {@link #replay()} needs is kept.
   *
   * @return {@link SessionEvent.Disconnected} after DISCONNECT, else {@link
   *     SessionEvent.ConnectionLost}
   */
  public SessionEvent ended(ConnectionEnd how) {
    return reception.ended(how);
  }

  /** Octets were handed to the network at {@code now}. */
  public void onSent(long now) {
    connection.heartBeats().ifPresent(heartBeats -> heartBeats.onSent(now));
  }

  /** Octets came at {@code now}. */
  public void onHeard(long now) {
    connection.heartBeats().ifPresent(heartBeats -> heartBeats.onHeard(now));
  }

  /**
   * Returns what {@code now} asks for: a heart-beat to send, and what did not come in time. Ends
   * the connection if CONNECTED is overdue or the server was silent for too long.
   */
  public List<SessionEvent> due(long now) {
    return reception.due(now);
  }

  /**
   * Returns how long after {@code now} to ask {@link #due} again; {@link HeartBeatMonitor#NEVER}
   * for never.
   */
  public long nanosUntilDue(long now) {
    return Math.min(connection.nanosUntilDue(now), receipts.nanosUntilDue(now));
  }

  /** Ends the connection and forgets everything. */
  public void close() {
    reception.over(List.of());
    subscriptions.clear();
  }

  /** Ends the connection, but remembers the subscriptions for {@link #replay()}. */
  public void closeKeepingSubscriptions() {
    reception.over(List.of());
  }

  /**
   * Returns the subscriptions of the connection before, in the order in which they were made, and
   * forgets them. {@link #subscribe(Subscribed)} makes each again; asking twice gives nothing the
   * second time.
   */
  public List<Subscribed> replay() {
    return subscriptions.replay();
  }
}
