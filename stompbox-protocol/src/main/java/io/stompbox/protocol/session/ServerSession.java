package io.stompbox.protocol.session;

import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import io.stompbox.protocol.frame.Version;
import io.stompbox.protocol.session.ServerEvent.Cause;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of one client's connection, without I/O: takes the frames that came and says,
 * as {@link ServerEvent}s, what to answer and what the client wants.
 *
 * <p>It knows the rules of the conversation and no messages: destinations, queues and who gets what
 * are the driver's. The driver decodes octets, hands in frames, carries out the events in their
 * order, makes a MESSAGE with {@link #message} for each one that it gives to a subscription, and
 * keeps time, which it passes in as the nanoseconds of any monotonic clock. A frame that is out of
 * place gives ERROR and the end, in every version. A CONNECT without {@code host} is taken, as all
 * known brokers do.
 *
 * <p>RECEIPT comes after the event of its frame in the list, so an event that was carried out
 * before the next one is processed before its receipt is sent. A driver that can't carry one out
 * calls {@link #refuse(Frame, String)} and takes those events instead of the rest.
 *
 * <p>Not safe to share between threads.
 */
public final class ServerSession {
  private final String id;
  private final ServerSessionOptions options;
  private final ServerSubscriptions subscriptions;
  private final ServerTransactions transactions;
  private final long started;

  private ServerSessionState state = ServerSessionState.AWAITING_CONNECT;

  /** Null until CONNECT was understood. */
  private @Nullable Version version;

  /** Null until CONNECT was accepted. */
  private @Nullable HeartBeatMonitor heartBeats;

  /** The number of the last message that wants an acknowledgement. */
  private long deliveries;

  /**
   * Creates the session of a connection that was made at {@code now}.
   *
   * @param id the session header of CONNECTED; other sessions of the server should have others
   */
  public ServerSession(String id, ServerSessionOptions options, long now) {
    this.id = id;
    this.options = options;
    this.subscriptions = new ServerSubscriptions(id, options.limits().subscriptions());
    this.transactions = new ServerTransactions(options.limits());
    this.started = now;
  }

  /** Where it stands. */
  public ServerSessionState state() {
    return state;
  }

  /** The version that was negotiated; while there is none, the highest that is spoken. */
  public Version version() {
    return version == null ? Collections.max(options.versions()) : version;
  }

  /** The transactions that are open, oldest first. */
  public List<String> openTransactions() {
    return transactions.ids();
  }

  /** How many messages of a subscription wait for their acknowledgement; 0 if it is over. */
  public int unacknowledged(SubscriptionToken token) {
    ServerSubscription subscription = subscriptions.get(token);
    return subscription == null ? 0 : subscription.deliveries().size();
  }

  /**
   * Takes a frame that the client sent at {@code now}.
   *
   * @return what follows from it; empty after the end, since clients may have sent on before they
   *     learned of it
   */
  public List<ServerEvent> receive(Frame frame, long now) {
    if (state == ServerSessionState.ENDED) {
      return List.of();
    }
    try {
      ServerSessionState next = ServerSessionTable.next(state, frame.command());
      if (!frame.command().isHandshake()) {
        FrameRules.checkReceived(frame, version());
      }
      List<ServerEvent> events = processed(frame, now);
      state = next;
      return events;
    } catch (ProtocolException e) {
      return refuse(e, frame.headers());
    }
  }

  private List<ServerEvent> processed(Frame frame, long now) {
    List<ServerEvent> events =
        switch (frame.command().name()) {
          case "CONNECT", "STOMP" -> connect(frame, now);
          case "SEND" -> send(frame);
          case "SUBSCRIBE" -> subscribe(frame);
          case "UNSUBSCRIBE" -> unsubscribe(frame);
          case "ACK" -> settle(frame, ServerEvent.Acknowledged::new);
          case "NACK" -> settle(frame, ServerEvent.Refused::new);
          case "BEGIN" -> begin(frame);
          case "COMMIT" -> commit(frame);
          case "ABORT" -> abort(frame);
          case "DISCONNECT" -> release();
          default -> throw new AssertionError("the table allows " + frame.command());
        };
    List<ServerEvent> all = new ArrayList<>(events);
    receipt(frame).ifPresent(receipt -> all.add(new ServerEvent.Reply(receipt)));
    if (frame.command().equals(Command.DISCONNECT)) {
      all.add(new ServerEvent.Ended(Cause.DISCONNECT));
    }
    return all;
  }

  private List<ServerEvent> connect(Frame frame, long now) {
    Version chosen =
        AcceptVersion.parse(frame.header(AcceptVersion.HEADER))
            .highestCommon(options.versions())
            .orElseThrow(() -> noCommonVersion(frame));
    version = chosen;
    HeartBeat offered =
        frame.headers().value(HeartBeat.HEADER).map(HeartBeat::parse).orElse(HeartBeat.NONE);
    HeartBeat agreed = options.heartBeat().agreedWith(offered);
    if (!options.admission().test(frame)) {
      throw refusal("the client is not let in; check login, passcode and host");
    }
    heartBeats = new HeartBeatMonitor(agreed, options.tolerance(), now);
    return List.of(
        new ServerEvent.Connected(frame, chosen),
        new ServerEvent.Reply(ServerReplies.connected(frame, chosen, id, options.heartBeat())));
  }

  private ProtocolException noCommonVersion(Frame connect) {
    return new ProtocolException(
        Fault.VERSION_MISMATCH,
        "no version is common to both sides; spoken are "
            + AcceptVersion.of(options.versions()).text()
            + ", and offered is "
            + connect.headers().value(AcceptVersion.HEADER).orElse("1.0, since nothing is said"));
  }

  private List<ServerEvent> send(Frame frame) {
    return work(frame, () -> new ServerEvent.Sent(frame));
  }

  private List<ServerEvent> subscribe(Frame frame) {
    ServerSubscription added = subscriptions.add(frame, deliveries);
    return List.of(new ServerEvent.Subscribed(added.token(), added.destination(), frame));
  }

  private List<ServerEvent> unsubscribe(Frame frame) {
    return List.of(unsubscribed(subscriptions.remove(frame)));
  }

  private static ServerEvent unsubscribed(ServerSubscription removed) {
    return new ServerEvent.Unsubscribed(removed.token(), removed.deliveries().takeAll());
  }

  private List<ServerEvent> settle(
      Frame frame, Function<List<ServerDelivery>, ServerEvent> meaning) {
    return work(frame, () -> meaning.apply(subscriptions.settle(frame, version())));
  }

  /** Does what a frame asks for, or holds it back until the transaction takes effect. */
  private List<ServerEvent> work(Frame frame, Supplier<ServerEvent> work) {
    String transaction = frame.header("transaction");
    if (transaction == null) {
      return List.of(work.get());
    }
    // First, since a message that was settled could not be released any more.
    transactions.checkRoom(transaction, frame);
    transactions.add(transaction, frame, work.get());
    return List.of();
  }

  private List<ServerEvent> begin(Frame frame) {
    String transaction = frame.require("transaction");
    transactions.begin(transaction);
    return List.of(new ServerEvent.Begun(transaction));
  }

  private List<ServerEvent> commit(Frame frame) {
    String transaction = frame.require("transaction");
    return List.of(new ServerEvent.Committed(transaction, transactions.end(transaction)));
  }

  private List<ServerEvent> abort(Frame frame) {
    return List.of(aborted(frame.require("transaction")));
  }

  private ServerEvent aborted(String transaction) {
    List<ServerDelivery> released = new ArrayList<>();
    for (ServerEvent held : transactions.end(transaction)) {
      released.addAll(subscriptions.putBack(ServerTransactions.settled(held)));
    }
    return new ServerEvent.Aborted(transaction, released);
  }

  /** Gives back all that the client had (STOMP 1.2, "BEGIN": implicitly aborted). */
  private List<ServerEvent> release() {
    List<ServerEvent> events = new ArrayList<>();
    transactions.ids().forEach(transaction -> events.add(aborted(transaction)));
    subscriptions.removeAll().forEach(removed -> events.add(unsubscribed(removed)));
    return events;
  }

  private Optional<Frame> receipt(Frame frame) {
    return frame.command().isHandshake()
        ? Optional.empty()
        : frame.headers().value("receipt").map(ServerCommands.of(version())::receipt);
  }

  /**
   * Ends the session with ERROR because of octets that are no frame.
   *
   * @param fault what the decoder threw
   */
  public List<ServerEvent> refuse(ProtocolException fault) {
    return refuse(fault, Headers.empty());
  }

  /**
   * Ends the session with ERROR because the driver can't do what a frame asks for.
   *
   * @param why goes into the header {@code message}
   */
  public List<ServerEvent> refuse(Frame frame, String why) {
    return refuse(refusal(why), frame.headers());
  }

  private List<ServerEvent> refuse(ProtocolException fault, Headers faulty) {
    Frame error = ServerReplies.error(fault, faulty, version(), options.versions());
    return end(Cause.ERROR, List.of(new ServerEvent.Reply(error)));
  }

  private static ProtocolException refusal(String message) {
    return new ProtocolException(Fault.UNEXPECTED_FRAME, message);
  }

  /** Ends the session because the connection broke. */
  public List<ServerEvent> lost() {
    return end(Cause.LOST, List.of());
  }

  private List<ServerEvent> end(Cause cause, List<ServerEvent> first) {
    if (state == ServerSessionState.ENDED) {
      return List.of();
    }
    state = ServerSessionState.ENDED;
    List<ServerEvent> events = new ArrayList<>(first);
    events.addAll(release());
    events.add(new ServerEvent.Ended(cause));
    return events;
  }

  /**
   * Returns a MESSAGE for a subscription, to be sent to the client. Unless the client lets the
   * server acknowledge by itself, the message waits for its acknowledgement from here on.
   *
   * @param messageId unique among what waits in this subscription
   * @param source the SEND frame, or any other with what to pass on: its destination, the headers
   *     of the program and the body
   * @throws IllegalArgumentException if there is no such subscription, a message of this id waits
   *     in it, or there is no destination
   */
  public Frame message(SubscriptionToken token, String messageId, Frame source) {
    ServerSubscription subscription = subscriptions.get(token);
    if (subscription == null) {
      throw new IllegalArgumentException("there is no subscription " + token);
    }
    // An abort would put a message that a transaction settles beside the other of its id.
    if (subscription.deliveries().has(messageId) || transactions.settles(token, messageId)) {
      throw new IllegalArgumentException(
          "the message '" + messageId + "' waits in " + token + " already; give it another id");
    }
    String ack = subscription.isAuto() ? null : subscriptions.ack(deliveries + 1);
    String name = token instanceof SubscriptionToken.ById byId ? byId.id() : null;
    Frame message = ServerReplies.message(new MessageIds(messageId, name, ack), source, version());
    if (ack != null) {
      deliveries++;
      subscription.deliveries().add(new ServerDelivery(token, deliveries, messageId, source));
    }
    return message;
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

  /** Returns what is due at {@code now}: a heart-beat, the end because of silence, or nothing. */
  public List<ServerEvent> due(long now) {
    if (nanosUntilDue(now) > 0) {
      return List.of();
    }
    return heartBeats != null && heartBeats.due(now) == HeartBeatMonitor.Due.SEND_HEART_BEAT
        ? List.of(new ServerEvent.HeartBeatDue())
        : end(Cause.SILENCE, List.of());
  }

  /** Returns how long after {@code now} to ask again; {@link HeartBeatMonitor#NEVER} for never. */
  public long nanosUntilDue(long now) {
    return switch (state) {
      case AWAITING_CONNECT -> Math.max(0, options.connectWithin().toNanos() - (now - started));
      case CONNECTED -> heartBeats == null ? HeartBeatMonitor.NEVER : heartBeats.nanosUntilDue(now);
      case ENDED -> HeartBeatMonitor.NEVER;
    };
  }
}
