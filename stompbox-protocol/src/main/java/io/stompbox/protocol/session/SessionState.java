package io.stompbox.protocol.session;

/** Where a {@link Session} stands. */
public enum SessionState {
  /** There is no connection. */
  DISCONNECTED,
  /** CONNECT was made, and its answer has not come. */
  CONNECTING,
  /** CONNECTED has come: everything is allowed. */
  CONNECTED,
  /**
   * DISCONNECT was made: nothing else may be sent any more; messages and receipts may still come.
   */
  DISCONNECTING
}
