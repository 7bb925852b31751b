package io.stompbox.protocol.session;

import io.stompbox.protocol.frame.Body;
import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Header;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.IllegalFrameException;
import io.stompbox.protocol.frame.IllegalFrameException.Reason;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import io.stompbox.protocol.frame.Version;
import io.stompbox.protocol.session.SessionOptions.Checking;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of a conversation, without I/O: makes the frames to send, takes the frames that
 * came, and knows what is outstanding. A frame that is out of place is refused before anything
 * changes.
 *
 * <p>The driver opens connections, moves octets and keeps time, which it passes in as the
 * nanoseconds of any monotonic clock. After a connection was lost it calls {@link
 * #closeKeepingSubscriptions()}, connects again and sends what {@link #replay()} returns. Not safe
 * to share between threads.
 */
public final class Session {
  private static final Set<String> RESERVED = Set.of("receipt", "transaction");

  private final SessionOptions options;
  private final Map<SubscriptionToken, SubscriptionRecord> subscriptions = new LinkedHashMap<>();
  private final Set<String> receipts = new LinkedHashSet<>();
  private final Set<String> transactions = new LinkedHashSet<>();

  private SessionState state = SessionState.DISCONNECTED;
  private @Nullable Agreement agreement;
  private @Nullable HeartBeatMonitor heartBeats;

  /** The subscriptions of the connection before, until they are replayed. */
  private List<Subscribed> remembered = List.of();

  private int connections;
  private long ids;

  /** Creates a session that is not connected. */
  public Session(SessionOptions options) {
    this.options = options;
  }

  /** Where it stands. */
  public SessionState state() {
    return state;
  }

  /** The version that was negotiated; while there is none, the highest that is offered. */
  public Version version() {
    return agreement == null ? Collections.max(options.versions()) : agreement.version();
  }

  /** What CONNECTED settled; empty while not connected. */
  public Optional<Agreement> agreement() {
    return Optional.ofNullable(agreement);
  }

  /** The receipts that were asked for and have not come, oldest first. */
  public List<String> outstandingReceipts() {
    return List.copyOf(receipts);
  }

  /** The transactions that were begun and not ended, oldest first. */
  public List<String> openTransactions() {
    return List.copyOf(transactions);
  }

  /** How many messages of a subscription wait for their acknowledgement. */
  public int unacknowledged(SubscriptionToken token) {
    return known(token).unacknowledged();
  }

  /** Returns a new id, unique within this session. */
  public String newId(String prefix) {
    ids++;
    return prefix + ids;
  }

  /**
   * Returns a CONNECT frame.
   *
   * @param host the virtual host
   * @param headers what else goes into it: login, passcode, client-id
   */
  public Frame connect(String host, Headers headers) {
    check(Command.CONNECT);
    Frame frame = Commands.connect(options.versions(), host, options.heartBeat(), headers);
    moved(Command.CONNECT);
    return frame;
  }

  /** Returns a SEND frame. */
  public Frame send(String destination, Body body, FrameOptions with) {
    Headers headers = Headers.builder().add("destination", destination).build();
    return sent(new Frame(Command.SEND, headers, body), with);
  }

  /**
   * Subscribes with an id.
   *
   * @param ack auto, client or client-individual
   * @param context whatever the program wants back with each message
   * @return the subscription and its SUBSCRIBE frame
   * @throws IllegalFrameException if there is a subscription with this id
   */
  public Subscribed subscribe(
      String destination, String id, String ack, FrameOptions with, Object context) {
    check(Command.SUBSCRIBE);
    SubscriptionToken token = new SubscriptionToken.ById(id);
    if (subscriptions.containsKey(token)) {
      throw new IllegalFrameException(
          Reason.DUPLICATE_ID, "there is a subscription with the id '" + id + "' already");
    }
    Frame frame = Commands.of(version()).subscribe(destination, id, ack, with.headers());
    Subscribed subscribed =
        new Subscribed(token, destination, ack, context, sent(frame, with.with(Headers.empty())));
    subscriptions.put(token, new SubscriptionRecord(subscribed));
    return subscribed;
  }

  /**
   * Subscribes without an id, as only STOMP 1.0 allows. Messages are told apart by destination.
   *
   * @throws IllegalFrameException in other versions, and if there is such a subscription already
   */
  public Subscribed subscribeWithoutId(
      String destination, String ack, FrameOptions with, Object context) {
    check(Command.SUBSCRIBE);
    if (version() != Version.V1_0) {
      throw new IllegalFrameException(
          Reason.MISSING_HEADER, "STOMP " + version() + " wants an id in SUBSCRIBE");
    }
    SubscriptionToken token = new SubscriptionToken.ByDestination(destination);
    if (subscriptions.containsKey(token)) {
      throw new IllegalFrameException(
          Reason.DUPLICATE_ID, "there is a subscription to " + destination + " without an id");
    }
    Frame bare = Frame.of(Command.SUBSCRIBE, "destination", destination, "ack", ack);
    Subscribed subscribed = new Subscribed(token, destination, ack, context, sent(bare, with));
    subscriptions.put(token, new SubscriptionRecord(subscribed));
    return subscribed;
  }

  /**
   * Returns an UNSUBSCRIBE frame.
   *
   * @throws IllegalFrameException if there is no such subscription
   */
  public Frame unsubscribe(SubscriptionToken token, FrameOptions with) {
    check(Command.UNSUBSCRIBE);
    known(token);
    Frame bare =
        token instanceof SubscriptionToken.ById byId
            ? Commands.of(version()).unsubscribe(byId.id())
            : Frame.of(
                Command.UNSUBSCRIBE,
                "destination",
                ((SubscriptionToken.ByDestination) token).destination());
    Frame frame = sent(bare, with);
    subscriptions.remove(token);
    return frame;
  }

  /**
   * Returns the ACK for a message; empty if the broker acknowledges by itself.
   *
   * @throws IllegalFrameException if it was acknowledged before, came on another connection, or
   *     lacks the header that the version needs
   */
  public Optional<Frame> ack(ReceivedMessage message, FrameOptions with) {
    check(Command.ACK);
    SubscriptionRecord subscription = unsettled(message);
    if (subscription.isAuto()) {
      return Optional.empty();
    }
    Frame frame = sent(Commands.of(version()).ack(message.frame()), with);
    subscription.settle(message);
    return Optional.of(frame);
  }

  /**
   * Returns the NACK for a message.
   *
   * @throws IllegalFrameException as {@link #ack} does, in 1.0, and if the broker acknowledges by
   *     itself
   */
  public Frame nack(ReceivedMessage message, FrameOptions with) {
    check(Command.NACK);
    SubscriptionRecord subscription = unsettled(message);
    if (subscription.isAuto()) {
      throw new IllegalFrameException(
          Reason.NACK_ON_AUTO,
          "the broker has acknowledged the message by itself, as the subscription asked it to");
    }
    Frame frame = sent(Commands.of(version()).nack(message.frame()), with);
    subscription.settle(message);
    return frame;
  }

  private SubscriptionRecord unsettled(ReceivedMessage message) {
    if (message.connection() != connections) {
      throw new IllegalFrameException(
          Reason.STALE_MESSAGE,
          "the message came on connection "
              + message.connection()
              + ", and this is "
              + connections
              + "; the broker gives it out again");
    }
    SubscriptionRecord subscription = known(message.token());
    if (!subscription.isAuto() && !subscription.isUnacknowledged(message)) {
      throw new IllegalFrameException(
          Reason.ALREADY_ACKNOWLEDGED, "the message was acknowledged before: " + message.frame());
    }
    return subscription;
  }

  /**
   * Returns a BEGIN frame.
   *
   * @throws IllegalFrameException if a transaction of this id is open
   */
  public Frame begin(String transaction, FrameOptions with) {
    check(Command.BEGIN);
    if (transactions.contains(transaction)) {
      throw new IllegalFrameException(
          Reason.DUPLICATE_ID, "the transaction '" + transaction + "' is open already");
    }
    Frame frame = sent(Commands.of(version()).begin(transaction), with);
    transactions.add(transaction);
    return frame;
  }

  /**
   * Returns a COMMIT frame.
   *
   * @throws IllegalFrameException if no transaction of this id is open
   */
  public Frame commit(String transaction, FrameOptions with) {
    check(Command.COMMIT);
    checkOpen(transaction);
    Frame frame = sent(Commands.of(version()).commit(transaction), with);
    transactions.remove(transaction);
    return frame;
  }

  /**
   * Returns an ABORT frame.
   *
   * @throws IllegalFrameException if no transaction of this id is open
   */
  public Frame abort(String transaction, FrameOptions with) {
    check(Command.ABORT);
    checkOpen(transaction);
    Frame frame = sent(Commands.of(version()).abort(transaction), with);
    transactions.remove(transaction);
    return frame;
  }

  /** Returns a DISCONNECT frame. Ask for a receipt and wait for it before closing the socket. */
  public Frame disconnect(FrameOptions with) {
    return sent(new Frame(Command.DISCONNECT, Headers.empty(), Body.empty()), with);
  }

  /** Completes a frame and takes note of it; changes nothing if it is refused. */
  private Frame sent(Frame bare, FrameOptions with) {
    check(bare.command());
    Headers.Builder headers = bare.headers().toBuilder();
    String transaction = with.transaction();
    if (transaction != null) {
      checkOpen(transaction);
      headers.add("transaction", transaction);
    }
    String receipt = with.receipt();
    if (receipt != null) {
      if (receipts.contains(receipt)) {
        throw new IllegalFrameException(
            Reason.DUPLICATE_RECEIPT, "the receipt '" + receipt + "' is awaited already");
      }
      headers.add("receipt", receipt);
    }
    with.headers().forEach(header -> addUnlessOwn(headers, bare, header));
    if (receipt != null) {
      receipts.add(receipt);
    }
    moved(bare.command());
    return new Frame(bare.command(), headers.build(), bare.body());
  }

  /** What the session writes itself stays in force; a second entry would only confuse. */
  private static void addUnlessOwn(Headers.Builder headers, Frame bare, Header header) {
    if (!RESERVED.contains(header.name()) && !bare.headers().has(header.name())) {
      headers.add(header.name(), header.value());
    }
  }

  /**
   * Takes a frame that the server sent.
   *
   * @param now when it came, for the heart-beats
   * @throws ProtocolException if the server may not send it now; close the connection
   */
  public SessionEvent receive(Frame frame, long now) {
    Command command = frame.command();
    if (!command.isKnown()) {
      return unknown(frame);
    }
    check(command);
    return switch (command.name()) {
      case "CONNECTED" -> connected(frame, now);
      case "MESSAGE" -> message(frame);
      case "RECEIPT" -> receipt(frame);
      case "ERROR" -> error(frame);
      default ->
          throw new ProtocolException(
              Fault.UNEXPECTED_FRAME, "a server does not send " + command + ": " + frame);
    };
  }

  private SessionEvent unknown(Frame frame) {
    if (options.checking() == Checking.STRICT) {
      throw new ProtocolException(
          Fault.UNEXPECTED_FRAME, "STOMP has no command " + frame.command() + ": " + frame);
    }
    return new SessionEvent.UnknownFrame(frame);
  }

  private SessionEvent connected(Frame frame, long now) {
    try {
      Agreement agreed = Agreement.of(frame, options.versions(), options.heartBeat());
      agreement = agreed;
      heartBeats = new HeartBeatMonitor(agreed.heartBeat(), options.tolerance(), now);
      connections++;
      moved(Command.CONNECTED);
      return new SessionEvent.Connected(agreed);
    } catch (ProtocolException e) {
      close();
      throw e;
    }
  }

  private SessionEvent message(Frame frame) {
    SubscriptionRecord subscription = route(frame);
    if (subscription == null) {
      return new SessionEvent.UnroutedMessage(frame);
    }
    ReceivedMessage message =
        new ReceivedMessage(frame, subscription.subscribed().token(), connections);
    subscription.add(message);
    return new SessionEvent.MessageReceived(message, subscription.subscribed().context());
  }

  /** STOMP 1.0 brokers need not name the subscription, so the destination has to do. */
  private @Nullable SubscriptionRecord route(Frame message) {
    if (message.headers().has("subscription") || version() != Version.V1_0) {
      return SubscriptionToken.of(message).map(subscriptions::get).orElse(null);
    }
    return SubscriptionToken.of(message)
        .map(subscriptions::get)
        .or(
            () ->
                subscriptions.values().stream()
                    .filter(subscription -> subscription.isFor(message))
                    .findFirst())
        .orElse(null);
  }

  private SessionEvent receipt(Frame frame) {
    String receipt = frame.require("receipt-id");
    if (receipts.remove(receipt)) {
      return new SessionEvent.ReceiptReceived(receipt);
    }
    if (options.checking() == Checking.STRICT) {
      throw new ProtocolException(
          Fault.UNEXPECTED_FRAME, "nobody waits for the receipt '" + receipt + "'");
    }
    return new SessionEvent.UnexpectedReceipt(receipt);
  }

  /** RabbitMQ names no receipt at all, and Vert.x names it in a header of another name. */
  private SessionEvent error(Frame frame) {
    Optional<String> receipt =
        frame.headers().value("receipt-id").or(() -> frame.headers().value("receipt"));
    List<String> outstanding = outstandingReceipts();
    closeKeepingSubscriptions();
    return new SessionEvent.ErrorReceived(frame, receipt, outstanding);
  }

  /** Octets were handed to the network at {@code now}. */
  public void onSent(long now) {
    if (heartBeats != null) {
      heartBeats.onSent(now);
    }
  }

  /** Octets came at {@code now}. */
  public void onHeard(long now) {
    if (heartBeats != null) {
      heartBeats.onHeard(now);
    }
  }

  /** Returns what the heart-beats that were agreed ask for at {@code now}. */
  public HeartBeatMonitor.Due due(long now) {
    return heartBeats == null ? HeartBeatMonitor.Due.NOTHING : heartBeats.due(now);
  }

  /** Returns how long after {@code now} to ask again; {@link HeartBeatMonitor#NEVER} for never. */
  public long nanosUntilDue(long now) {
    return heartBeats == null ? HeartBeatMonitor.NEVER : heartBeats.nanosUntilDue(now);
  }

  /** Ends the connection and forgets everything. */
  public void close() {
    forgetConnection();
    subscriptions.clear();
    remembered = List.of();
  }

  /** Ends the connection, but remembers the subscriptions for {@link #replay()}. */
  public void closeKeepingSubscriptions() {
    remembered = remembered.isEmpty() ? subscribed() : remembered;
    forgetConnection();
    subscriptions.clear();
  }

  /**
   * Returns the subscriptions of the connection before, in the order in which they were made, and
   * forgets them. Subscribe to each again; asking twice gives nothing the second time.
   */
  public List<Subscribed> replay() {
    List<Subscribed> replayed = remembered;
    remembered = List.of();
    return replayed;
  }

  private List<Subscribed> subscribed() {
    List<Subscribed> all = new ArrayList<>();
    subscriptions.values().forEach(subscription -> all.add(subscription.subscribed()));
    return all;
  }

  private void forgetConnection() {
    state = SessionState.DISCONNECTED;
    agreement = null;
    heartBeats = null;
    receipts.clear();
    transactions.clear();
    subscriptions.values().forEach(SubscriptionRecord::forgetMessages);
  }

  private SubscriptionRecord known(SubscriptionToken token) {
    SubscriptionRecord subscription = subscriptions.get(token);
    if (subscription == null) {
      throw new IllegalFrameException(
          Reason.UNKNOWN_SUBSCRIPTION,
          "there is no subscription " + token + "; there are " + subscriptions.keySet());
    }
    return subscription;
  }

  private void checkOpen(String transaction) {
    if (!transactions.contains(transaction)) {
      throw new IllegalFrameException(
          Reason.UNKNOWN_TRANSACTION,
          "the transaction '" + transaction + "' is not open; open are " + transactions);
    }
  }

  /** The same mistake is the caller's when this side sends and the server's when that does. */
  private void check(Command command) {
    if (options.checking() == Checking.OFF || SessionTable.next(state, command).isPresent()) {
      return;
    }
    String message =
        command + " is not allowed while " + state + "; allowed are " + SessionTable.allowed(state);
    throw command.sender() == Command.Sender.SERVER
        ? new ProtocolException(Fault.UNEXPECTED_FRAME, message)
        : new IllegalStateException(message);
  }

  private void moved(Command command) {
    state = SessionTable.next(state, command).orElse(state);
  }
}
