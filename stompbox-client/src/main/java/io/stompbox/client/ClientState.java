package io.stompbox.client;

/** Where a {@link StompClient} stands. */
public enum ClientState {
  /** Made, not connected yet. */
  NEW,
  /** Trying to connect for the first time. */
  CONNECTING,
  /** A physical connection is up. */
  CONNECTED,
  /** The physical connection was lost and another is being made. */
  RECOVERING,
  /** Closing: takes no new work, finishes what it has. */
  DRAINING,
  /** Closed by the program. */
  CLOSED,
  /** Has given up: attempts are used up, or the broker refuses for good. */
  FAILED
}
