package io.stompbox.protocol.session;

/** Where a {@link ServerSession} stands. */
public enum ServerSessionState {
  /** The client has not sent CONNECT yet. */
  AWAITING_CONNECT,
  /** CONNECT was answered: everything is allowed. */
  CONNECTED,
  /** The connection is to be closed, or gone; whatever still comes is ignored. */
  ENDED
}
