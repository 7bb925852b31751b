package io.stompbox.protocol.session;

/** How a connection ended, as the driver of a {@link Session} saw it. */
public enum ConnectionEnd {
  /** The server closed it, between two frames. */
  CLOSED,
  /** The server closed it in the middle of a frame, or it broke. */
  CUT,
  /** The server was silent for longer than the heart-beats allow. */
  SILENT,
  /** The server broke the protocol, so that this side has to close. */
  PROTOCOL_FAULT,
  /** The program closes it without DISCONNECT. */
  ABORTED
}
