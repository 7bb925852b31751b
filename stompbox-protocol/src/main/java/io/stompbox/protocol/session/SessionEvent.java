package io.stompbox.protocol.session;

import io.stompbox.protocol.frame.Frame;
import java.util.List;
import java.util.Optional;

/** What a frame from the server means to a {@link Session}. */
public sealed interface SessionEvent {
  /** The server has accepted the connection. */
  record Connected(Agreement agreement) implements SessionEvent {}

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

  /** A receipt that nobody waits for: too late, twice, or never asked for. */
  record UnexpectedReceipt(String receipt) implements SessionEvent {}

  /**
   * The server refuses something. The session is over: close the connection.
   *
   * @param receipt the receipt of the frame that was refused; empty if the server does not say
   * @param outstanding all receipts that will not come any more, that one included
   */
  record ErrorReceived(Frame frame, Optional<String> receipt, List<String> outstanding)
      implements SessionEvent {}

  /** A frame whose command the specification does not know. */
  record UnknownFrame(Frame frame) implements SessionEvent {}
}
