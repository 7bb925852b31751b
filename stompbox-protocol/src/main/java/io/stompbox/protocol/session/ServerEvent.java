package io.stompbox.protocol.session;

import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Version;
import java.util.List;

/**
 * What a {@link ServerSession} wants its driver to do, or tells it. Events come in lists; take them
 * in their order.
 */
public sealed interface ServerEvent {
  /** Send this frame to the client, in the version of {@link ServerSession#version()}. */
  record Reply(Frame frame) implements ServerEvent {}

  /**
   * The client was let in. The frames that follow are of this version, those of the other direction
   * and {@link Reply} included.
   *
   * @param connect the CONNECT or STOMP frame
   */
  record Connected(Frame connect, Version version) implements ServerEvent {}

  /** The client sends a message: a SEND frame with a destination. */
  record Sent(Frame frame) implements ServerEvent {}

  /**
   * The client subscribes.
   *
   * @param frame the SUBSCRIBE frame, for headers of your own such as a selector
   */
  record Subscribed(SubscriptionToken token, String destination, Frame frame)
      implements ServerEvent {}

  /**
   * A subscription is over: the client ended it, or the session ended.
   *
   * @param unacknowledged what may be given to somebody else, in the order in which it was given
   *     out. What an open transaction acknowledged is not among it, unless the session ended
   */
  record Unsubscribed(SubscriptionToken token, List<ServerDelivery> unacknowledged)
      implements ServerEvent {}

  /** The client has processed these messages: one, or in client mode all up to one. */
  record Acknowledged(List<ServerDelivery> deliveries) implements ServerEvent {}

  /** The client does not want these messages: one, or in client mode all up to one. */
  record Refused(List<ServerDelivery> deliveries) implements ServerEvent {}

  /** A transaction begins. */
  record Begun(String transaction) implements ServerEvent {}

  /**
   * A transaction takes effect.
   *
   * @param work {@link Sent}, {@link Acknowledged} and {@link Refused} in the order in which they
   *     came
   */
  record Committed(String transaction, List<ServerEvent> work) implements ServerEvent {}

  /**
   * A transaction is given up: by the client, or because the session ended. What it acknowledged
   * waits for its acknowledgement again.
   *
   * @param released messages that it had acknowledged and whose subscription is gone by now, which
   *     may be given to somebody else
   */
  record Aborted(String transaction, List<ServerDelivery> released) implements ServerEvent {}

  /** Send an end of line: the client was promised a sign of life. */
  record HeartBeatDue() implements ServerEvent {}

  /** The session is over. Close the connection as soon as all replies are sent. Always the last. */
  record Ended(Cause cause) implements ServerEvent {}

  /** Why a session is over. */
  enum Cause {
    /** The client sent DISCONNECT. */
    DISCONNECT,
    /** ERROR was sent; in every version the connection is closed after it. */
    ERROR,
    /** No CONNECT in time, or no sign of life for longer than was agreed. */
    SILENCE,
    /** The connection broke. */
    LOST
  }
}
