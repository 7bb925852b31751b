package io.stompbox.protocol.session;

import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.ProtocolException;
import io.stompbox.protocol.frame.ProtocolException.Fault;
import java.util.ArrayList;
import java.util.List;

/** Says what frames from the server, time and the end of the connection mean to a session. */
final class Reception {
  private final SessionOptions options;
  private final ConnectionLife connection;
  private final Subscriptions subscriptions;
  private final Receipts receipts;
  private final Transactions transactions;

  /** How many messages came. */
  private long messages;

  Reception(
      SessionOptions options,
      ConnectionLife connection,
      Subscriptions subscriptions,
      Receipts receipts,
      Transactions transactions) {
    this.options = options;
    this.connection = connection;
    this.subscriptions = subscriptions;
    this.receipts = receipts;
    this.transactions = transactions;
  }

  SessionEvent receive(Frame frame, long now) {
    Command command = frame.command();
    if (!command.isKnown()) {
      return unknown(frame);
    }
    if (command.sender() == Command.Sender.CLIENT) {
      throw new ProtocolException(
          Fault.UNEXPECTED_FRAME, "a server does not send " + command + ": " + frame);
    }
    connection.check(command);
    if (options.isStrict() && !command.equals(Command.CONNECTED)) {
      connection.commands().checkReceived(frame);
    }
    return switch (command.name()) {
      case "CONNECTED" -> connected(frame, now);
      case "MESSAGE" -> message(frame);
      case "RECEIPT" -> receipt(frame.require("receipt-id"));
      case "ERROR" -> error(ServerError.of(frame));
      default -> throw new AssertionError("no server's command: " + command);
    };
  }

  private SessionEvent unknown(Frame frame) {
    if (options.isStrict()) {
      throw new ProtocolException(
          Fault.UNEXPECTED_FRAME, "STOMP has no command " + frame.command() + ": " + frame);
    }
    return new SessionEvent.UnknownFrame(frame);
  }

  private SessionEvent connected(Frame frame, long now) {
    try {
      return new SessionEvent.Connected(connection.connected(frame, now));
    } catch (ProtocolException e) {
      over(List.of());
      throw e;
    }
  }

  private SessionEvent message(Frame frame) {
    SubscriptionRecord subscription = subscriptions.route(frame, connection.version());
    if (subscription == null) {
      return new SessionEvent.UnroutedMessage(frame);
    }
    messages++;
    ReceivedMessage message =
        new ReceivedMessage(
            frame, subscription.subscribed().token(), connection.number(), messages);
    subscription.add(message);
    return new SessionEvent.MessageReceived(message, subscription.subscribed().context());
  }

  private SessionEvent receipt(String receipt) {
    Receipts.Arrival arrival = receipts.arrived(receipt);
    if (arrival == Receipts.Arrival.UNEXPECTED) {
      return unexpected(receipt);
    }
    if (connection.isFarewell(receipt)) {
      connection.confirmed();
      return new SessionEvent.Disconnected(true, unfinished(List.of()));
    }
    return arrival == Receipts.Arrival.AWAITED
        ? new SessionEvent.ReceiptReceived(receipt)
        : new SessionEvent.LateReceipt(receipt);
  }

  private SessionEvent unexpected(String receipt) {
    if (options.isStrict()) {
      throw new ProtocolException(
          Fault.UNEXPECTED_FRAME, "nobody waits for the receipt '" + receipt + "'");
    }
    return new SessionEvent.UnexpectedReceipt(receipt);
  }

  /** Without a receipt nobody knows which frame is meant, so it counts for all of them. */
  private SessionEvent error(ServerError error) {
    if (connection.state() == SessionState.CONNECTING) {
      over(List.of());
      return new SessionEvent.ConnectRefused(error);
    }
    List<String> outstanding = receipts.outstanding();
    List<String> refused =
        error.receipt().isEmpty()
            ? outstanding
            : outstanding.stream().filter(error.receipt().get()::equals).toList();
    return new SessionEvent.ErrorReceived(error, over(refused));
  }

  SessionEvent ended(ConnectionEnd how) {
    boolean wanted = connection.isEnding();
    boolean confirmed = connection.isConfirmed();
    Unfinished unfinished = over(List.of());
    return wanted
        ? new SessionEvent.Disconnected(confirmed, unfinished)
        : new SessionEvent.ConnectionLost(how, unfinished);
  }

  List<SessionEvent> due(long now) {
    if (connection.isConnectOverdue(now)) {
      over(List.of());
      return List.of(new SessionEvent.ConnectOverdue());
    }
    List<SessionEvent> events = new ArrayList<>();
    for (SessionEvent.ReceiptOverdue overdue : receipts.expire(now)) {
      if (connection.isFarewell(overdue.receipt())) {
        events.add(new SessionEvent.Disconnected(false, unfinished(List.of())));
        connection.farewellOverdue();
      } else {
        events.add(overdue);
      }
    }
    switch (connection
        .heartBeats()
        .map(beats -> beats.due(now))
        .orElse(HeartBeatMonitor.Due.NOTHING)) {
      case NOTHING -> {}
      case SEND_HEART_BEAT -> events.add(new SessionEvent.HeartBeatDue());
      case GIVE_UP -> events.add(ended(ConnectionEnd.SILENT));
    }
    return events;
  }

  Unfinished over(List<String> refused) {
    Unfinished unfinished = unfinished(refused);
    connection.over();
    receipts.clear();
    transactions.clear();
    subscriptions.remember();
    return unfinished;
  }

  /** The receipt of DISCONNECT is not among them: its end is the end that was wanted. */
  private Unfinished unfinished(List<String> refused) {
    List<String> lost =
        receipts.outstanding().stream()
            .filter(receipt -> !refused.contains(receipt) && !connection.isFarewell(receipt))
            .toList();
    return new Unfinished(refused, lost, transactions.names());
  }
}
