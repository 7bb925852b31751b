package io.stompbox.protocol.session;

import io.stompbox.protocol.frame.Command;
import io.stompbox.protocol.frame.Frame;

/** What a frame from the server, the end of the connection or time means to a {@link Session}. */
public sealed interface SessionEvent {
  /** The server has accepted the connection. */
  record Connected(Agreement agreement) implements SessionEvent {}

  /** The server answered CONNECT with ERROR. The session is over: close the connection. */
  record ConnectRefused(ServerError error) implements SessionEvent {}

  /** CONNECT was not answered in time. The session is over: close the connection. */
  record ConnectOverdue() implements SessionEvent {}

  /**
   * A message for a subscription.
   *
   * @param context what the program gave when it subscribed
   */
  record MessageReceived(ReceivedMessage message, Object context) implements SessionEvent {}

  /** A message for no subscription, as RabbitMQ sends to temporary queues. */
  record UnroutedMessage(Frame frame) implements SessionEvent {}

  /** A receipt that was asked for. */
  record ReceiptReceived(String receipt) implements SessionEvent {}

  /**
   * A receipt did not come by its deadline. What became of the frame is unknown; the connection
   * goes on.
   *
   * @param command that of the frame that asked for it
   */
  record ReceiptOverdue(String receipt, Command command) implements SessionEvent {}

  /** A receipt that came after its deadline. */
  record LateReceipt(String receipt) implements SessionEvent {}

  /** A receipt that nobody asked for, or that came twice. */
  record UnexpectedReceipt(String receipt) implements SessionEvent {}

  /** The server refuses something. The session is over: close the connection. */
  record ErrorReceived(ServerError error, Unfinished unfinished) implements SessionEvent {}

  /** A frame whose command the specification does not know. */
  record UnknownFrame(Frame frame) implements SessionEvent {}

  /** Nothing was written for so long that an end of line has to be. */
  record HeartBeatDue() implements SessionEvent {}

  /**
   * DISCONNECT has done what it can: its receipt came or is overdue, or the server closed. Close
   * the connection.
   *
   * @param confirmed whether the receipt came; without it, what was sent last may be lost. Servers
   *     may close without it, so its absence is no failure
   */
  record Disconnected(boolean confirmed, Unfinished unfinished) implements SessionEvent {}

  /** The connection ended and nobody had asked for it. */
  record ConnectionLost(ConnectionEnd how, Unfinished unfinished) implements SessionEvent {}
}
